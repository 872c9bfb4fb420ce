package k23.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import k23.sdk.riscv.IsaExtension;
import k23.sdk.sim.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which harts are used, and what they have in common. */
class ProcessorsTest {
    private static Processors read(TestTree tree, long bootHart, int probed) {
        Processors processors = new Processors();
        processors.read(tree.boot().cpus(), bootHart, probed);
        return processors;
    }

    private static String ids(Processors processors) {
        var text = new StringBuilder();
        for (int i = 0; i < processors.count(); i++) {
            text.append(processors.id(i)).append(' ');
        }
        return text.toString();
    }

    private static TestTree cpus() {
        return TestTree.root().open("cpus").with("#address-cells", 1).with("#size-cells", 0);
    }

    @Test
    void theBootHartIsFirstAndIdsMayBeSparse() {
        TestTree tree = cpus().cpu(7).close().cpu(3).close().cpu(4096).close()
                .open("cpu-map").with("reg", 9).close().close();
        assertEquals("3 7 4096 ", ids(read(tree, 3, 39)));
    }

    @ParameterizedTest
    @CsvSource({"okay, 0 1", "ok, 0 1", "disabled, 0", "fail, 0", "fail-parity, 0"})
    void otherHartsHaveToBeOkay(String status, String expected) {
        TestTree tree = cpus().cpu(0).close().cpu(1).with("status", status).close().close();
        assertEquals(expected + " ", ids(read(tree, 0, 39)));
    }

    /** Whatever the tree says of the hart that runs: it runs. */
    @Test
    void theBootHartIsUsedInAnyCase() {
        assertEquals("5 0 ", ids(read(cpus().cpu(0).close().cpu(5).with("status", "disabled")
                .close().close(), 5, 39)));
        assertEquals("5 0 ", ids(read(cpus().cpu(0).close().close(), 5, 39)));
        assertEquals("2 ", ids(read(TestTree.root(), 2, 39)));
    }

    @Test
    void aHartWithoutIdAndASecondOfTheSameAreNotUsed() {
        TestTree tree = cpus().cpu(0).close().cpu(1).close().cpu(1).close()
                .open("cpu").with("device_type", "cpu").close().close();
        assertEquals("0 1 ", ids(read(tree, 0, 39)));
    }

    /** As the monitor core of several chips. */
    @Test
    void aHartWithoutMmuIsNotUsedAndNamed() {
        TestTree tree = cpus().cpu(0).close()
                .cpu(1).with("mmu-type", "riscv,sv39").close()
                .cpu(2).with("mmu-type", "riscv,none").close()
                .cpu(3).with("mmu-type", "riscv,sv39").close().close();
        assertEquals("1 3 ", ids(read(tree, 1, 39)));
        assertEquals("""
                [k23 warn] loader: hart 0 has no MMU and is not used
                [k23 warn] loader: hart 2 has no MMU and is not used
                """, Machine.current().console());
    }

    @Test
    void aTreeThatNamesNoMmuSaysNothingOfIt() {
        Processors processors = read(cpus().cpu(0).close().cpu(1).close().close(), 0, 48);
        assertEquals("0 1 ", ids(processors));
        assertEquals(48, processors.pagingBits());
    }

    /** Harts of the boot hart's type can what it can; of others only the tree knows. */
    @ParameterizedTest
    @CsvSource({"sv48, sv48, 57, 57", "sv39, sv39, 39, 39", "sv48, sv39, 57, 39",
        "sv39, sv57, 48, 48", "sv57, sv48, 57, 48", "sv99, sv48, 57, 48", "sv48, sv99, 57, 57",
        "sv57, sv57, 0, 0"})
    void pagingIsWhatAllHartsHave(String boot, String other, int probed, int expected) {
        TestTree tree = cpus().cpu(0).with("mmu-type", "riscv," + boot).close()
                .cpu(1).with("mmu-type", "riscv," + other).close()
                .cpu(2).with("mmu-type", "riscv,sv39").with("status", "disabled").close().close();
        assertEquals(expected, read(tree, 0, probed).pagingBits());
    }

    @Test
    void moreThanCapacityAreNotUsed() {
        TestTree tree = cpus();
        for (int i = 0; i < Processors.CAPACITY + 5; i++) {
            tree.cpu(i).close();
        }
        Processors processors = read(tree.close(), Processors.CAPACITY + 2, 39);
        assertEquals(Processors.CAPACITY, processors.count());
        assertEquals(Processors.CAPACITY + 2, processors.id(0));
    }

    private static String extensions(Processors processors) {
        var text = new StringBuilder();
        for (IsaExtension extension : IsaExtension.values()) {
            if (processors.commonExtensions().has(extension)) {
                text.append(text.isEmpty() ? "" : " ").append(extension.specName());
            }
        }
        return text.toString();
    }

    private static String ofText(String isa) {
        return extensions(read(cpus().cpu(0).with("riscv,isa", isa).close().close(), 0, 39));
    }

    private static final String OLD_BASE = "zicsr zifencei zicntr zihpm";

    /** Strings of QEMU, of boards and of the manual's own examples. */
    @ParameterizedTest
    @CsvSource({
        "rv64imac, m a c OLD zca",
        "rv64gc, m a f d c OLD zca zcd",
        "RV64IMAC_Zba_ZBS, m a c OLD zba zbs zca",
        "rv64imafdch_zicsr_zifencei_zihintpause_zba_zbb_zbc_zbs_sstc, "
            + "m a f d c b h OLD zihintpause zba zbb zbc zbs zca zcd sstc",
        "rv64imafdcsu, m a f d c OLD zca zcd",
        "rv64imafdcsuh, m a f d c h OLD zca zcd",
        "rv64i2p1m2a2p0_zba1p0_zbb1_svinval, m a OLD zba zbb svinval",
        "rv64ib, b OLD zba zbb zbs",
        "rv64imv, m f d v OLD",
        "rv64i_zvfh_zfh, f OLD zfh zfhmin zvfh zvfhmin",
        "rv64izba, OLD zba",
        "rv64i_xventanacondops_zicond, OLD zicond",
        "rv64i_zbaa_zb_zicbo, OLD",
        "rv64i__zba_, OLD zba",
        "rv64iq, f d q OLD",
    })
    void readsTheString(String isa, String expected) {
        assertEquals(expected.replace("OLD", OLD_BASE), ofText(isa));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rv64", "rv32imac", "rv128i", "64imac", "sv39"})
    void otherStringsTellNothing(String isa) {
        assertEquals("", ofText(isa));
    }

    /** The newer property has exact names and implies no base. */
    @Test
    void readsTheList() {
        TestTree tree = cpus().cpu(0).with("riscv,isa", "rv64imac_zbc")
                .with("riscv,isa-base", "rv64i")
                .with("riscv,isa-extensions", "i\0m\0zba\0unknown\0svadu\0zicsr\0zvl128b").close()
                .close();
        assertEquals("m zicsr zba svadu", extensions(read(tree, 0, 39)));
    }

    @Test
    void onlyWhatAllHartsHaveIsCommon() {
        TestTree tree = cpus().cpu(0).with("riscv,isa", "rv64imac_zba_zbb").close()
                .cpu(1).with("riscv,isa-extensions", "i\0m\0zbb\0zbs").close()
                .cpu(2).with("riscv,isa", "rv64i").with("status", "disabled").close().close();
        Processors processors = read(tree, 0, 39);
        assertEquals("m zbb", extensions(processors));
        assertTrue(processors.extensions(0).has(IsaExtension.ZBA));
        assertFalse(processors.extensions(1).has(IsaExtension.ZBA));
    }

    @Test
    void everyExtensionIsFoundByItsName() {
        for (IsaExtension extension : IsaExtension.values()) {
            TestTree tree = cpus().cpu(0)
                    .with("riscv,isa-extensions", extension.specName()).close().close();
            assertTrue(read(tree, 0, 39).commonExtensions().has(extension));
        }
        assertTrue(IsaExtension.count() <= Long.SIZE);
    }
}

package k23.image.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import k23.image.HostTools;
import k23.image.TinyLoader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disks as mtools, fsck, sgdisk, QEMU and U-Boot see them. */
final class DiskImageTest {
    private static final Path U_BOOT = Path.of("/usr/lib/u-boot/qemu-riscv64_smode/uboot.elf");

    @TempDir Path folder;

    private static byte[] random(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    private Path disk(byte[] image) throws Exception {
        var disk = DiskImage.layOut(image, "hello=1", new byte[] {1, 2, 3});
        return Files.write(folder.resolve("disk.img"), disk.bytes());
    }

    private static String run(String... command) throws Exception {
        var outcome = HostTools.run(List.of(command));
        assertEquals(0, outcome.status(), outcome::output);
        return outcome.output();
    }

    @Test
    void carriesTheImageAndTheConfiguration() throws Exception {
        HostTools.need("mcopy", "mtools");
        byte[] image = random(123_456);
        var volume = disk(image) + "@@17408";
        var list = run("mdir", "-/", "-b", "-i", volume, "::");
        assertTrue(list.contains("::/EFI/BOOT/BOOTRISCV64.EFI")
                && list.contains("::/extlinux/extlinux.conf"), list);
        run("mcopy", "-n", "-i", volume, "::/EFI/BOOT/BOOTRISCV64.EFI",
                folder.resolve("Image").toString());
        assertArrayEquals(image, Files.readAllBytes(folder.resolve("Image")));
        var configuration = run("mtype", "-i", volume, "::/extlinux/extlinux.conf");
        assertTrue(configuration.contains("append hello=1"), configuration);
    }

    @Test
    void hasASoundPartitionTable() throws Exception {
        HostTools.need("sgdisk", "gdisk");
        var disk = disk(random(50_000)).toString();
        var verdict = run("sgdisk", "-v", disk);
        assertTrue(verdict.contains("No problems found"), verdict);
        var partition = run("sgdisk", "-i", "1", disk);
        assertTrue(partition.contains("EFI system partition"), partition);
        assertTrue(partition.contains("First sector: 34"), partition);
    }

    @Test
    void readsWhatItWrites() throws Exception {
        byte[] image = random(9_000);
        byte[] bytes = Files.readAllBytes(disk(image));
        assertTrue(DiskImage.isDisk(bytes));
        byte[] found = DiskImage.parse("test", bytes).image();
        assertArrayEquals(image, Arrays.copyOf(found, image.length));
        assertArrayEquals(bytes, DiskImage.parse("test", bytes).with(image).bytes());
    }

    @Test
    void isTheSameForTheSameContent() throws Exception {
        byte[] first = Files.readAllBytes(disk(random(5_000)));
        assertArrayEquals(first, Files.readAllBytes(disk(random(5_000))));
    }

    /** Clusters of one sector make the widths cheap to reach. */
    @ParameterizedTest
    @CsvSource({"12, 100000", "12, 2040000", "16, 2093000", "16, 33500000", "32, 33552000"})
    void hasTheWidthThatItsSizeAsks(int bits, int bytes) throws Exception {
        HostTools.need("fsck.fat", "dosfstools");
        HostTools.need("mcopy", "mtools");
        var files = new LinkedHashMap<String, byte[]>();
        files.put("Image", random(bytes));
        files.put("A/Long Directory Name/another-long-file.name.text", random(700));
        files.put("A/SHORT.TXT", random(1));
        files.put("A/empty", new byte[0]);
        for (int i = 0; i < 40; i++) {
            files.put("many/File" + i, random(i));
        }
        var volume = new FatVolume(files, 1, 8, 0x12345678, 34);
        assertEquals(bits, volume.geometry().bits());
        var out = ByteBuffer.allocate((int) volume.geometry().sectors() * 512);
        volume.write(out);
        var file = Files.write(folder.resolve("fat"), out.array()).toString();
        var verdict = HostTools.run(List.of("fsck.fat", "-n", "-v", file));
        assertEquals(0, verdict.status(), verdict::output);
        for (String path : List.of("Image", "A/Long Directory Name/another-long-file.name.text",
                "many/File39")) {
            var copy = folder.resolve("copy");
            run("mcopy", "-o", "-i", file, "::/" + path, copy.toString());
            assertArrayEquals(files.get(path), Files.readAllBytes(copy), path);
        }
    }

    @Test
    void bootsByKernelOption() throws Exception {
        var outcome = qemu(128, "-kernel", disk(TinyLoader.flat()).toString());
        assertEquals(TinyLoader.STATUS, outcome.status(), outcome::output);
        assertTrue(outcome.output().contains(TinyLoader.LINE), outcome::output);
    }

    @Test
    void bootsFromTheDiskThroughUBoot() throws Exception {
        if (!Files.exists(U_BOOT)) {
            Assumptions.abort(U_BOOT + " is missing: apt-get install u-boot-qemu");
        }
        var outcome = qemu(
                256, "-kernel", U_BOOT.toString(),
                "-drive", "if=none,format=raw,id=disk,file=" + disk(TinyLoader.flat()),
                "-device", "virtio-blk-device,drive=disk");
        assertEquals(TinyLoader.STATUS, outcome.status(), outcome::output);
        assertTrue(outcome.output().contains(TinyLoader.LINE), outcome::output);
    }

    private static HostTools.Outcome qemu(int memoryMib, String... boot) throws Exception {
        HostTools.need("qemu-system-riscv64", "qemu-system-misc");
        var command = new ArrayList<>(List.of(
                "qemu-system-riscv64", "-machine", "virt", "-m", memoryMib + "M",
                "-display", "none", "-monitor", "none", "-serial", "stdio", "-no-reboot"));
        command.addAll(List.of(boot));
        return HostTools.run(command);
    }
}

package k23.codegen.compiler;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.asm.TemplateAssembler;
import k23.codegen.compiler.diagnostic.Place;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.world.ClassNode;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.link.Definition;
import k23.codegen.link.Section;
import k23.sdk.Paging;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;
import k23.sdk.boot.BootHart;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.PerHart;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;

/** The entry of a payload: what the loader jumps to, and what it reads before. */
final class EntryPoint {
    private static final String DESCRIPTOR = "(ILk23/sdk/boot/BootInfo;)V";
    private static final int CONFIG_BYTES = 64;
    private static final int CONFIG_VERSION = 2;
    private static final int MOST_MODES = 4;
    private static final int PER_HART_BYTES = 4096;
    private static final String REGION = "k23.entry_region";
    private static final String SHUTDOWN = "k23.sdk.riscv.Sbi.shutdown";

    private final MethodNode main;

    private EntryPoint(MethodNode main) {
        this.main = main;
    }

    /** The {@code @Entry} method of the class with this binary name. */
    static EntryPoint of(String className, ClassRepository repository) {
        ClassNode node = repository.get(className.replace('.', '/'));
        MethodNode found = null;
        for (MethodNode method : node.methods()) {
            if (method.isEntry()) {
                if (found != null) {
                    throw new Refusal(Problem.ENTRY, method.place(), "two methods with @Entry");
                }
                found = method;
            }
        }
        if (found == null) {
            throw new Refusal(Problem.ENTRY, new Place(node.sourceFile(), 0, node.simpleName()),
                    className + " has no method with @Entry");
        }
        if (!found.isStatic() || !found.descriptor().equals(DESCRIPTOR)) {
            throw new Refusal(Problem.ENTRY, found.place(), found.display()
                    + found.descriptor());
        }
        return new EntryPoint(found);
    }

    MethodNode main() {
        return main;
    }

    /** The symbol of the Java method. */
    String mainSymbol() {
        return main.owner().binaryName() + "." + main.name();
    }

    /** The symbol of the method that powers the machine off. */
    static String shutdownSymbol() {
        return SHUTDOWN;
    }

    /**
     * The code at the entry symbol, and what the loader is told.
     *
     * @param hartBytes the size of a hart's block
     * @param used      what the code makes use of besides RV64GC
     * @param allocates whether the program makes objects
     */
    List<Definition> definitions(int hartBytes, IsaExtensions used, boolean allocates) {
        TemplateAssembler a = new TemplateAssembler(CompileRequest.ENTRY_SYMBOL);
        List<Definition> definitions = new ArrayList<>(EntryTraps.definitions());
        a.la(Register.T0, EntryTraps.VECTOR);
        a.csrw(Csr.STVEC, Register.T0);
        sayEntered(a);
        int harts = Integer.parseInt(option("harts", "1"));
        long region = Long.parseLong(option("regionBytes", "1048576")) + 15 & -16;
        if (allocates && harts > 0 && region > 0) {
            enterRegion(a, region);
            definitions.add(Definition.zero(REGION, harts * region).alignment(16).build());
        }
        a.call(mainSymbol());
        a.call(SHUTDOWN);
        a.illegal();
        definitions.add(a.finish());
        definitions.add(config(hartBytes, needs().or(used)));
        return definitions;
    }

    /** Gives this hart, whose entry in the list of harts {@code t0} is, its region. */
    private static void enterRegion(TemplateAssembler a, long bytes) {
        a.ld(Register.T1, BootInfo.HARTS_AT, Register.A1);
        a.sub(Register.T0, Register.T0, Register.T1);
        a.li(Register.T1, BootHart.BYTES);
        a.divu(Register.T0, Register.T0, Register.T1);
        a.li(Register.T1, bytes);
        a.mul(Register.T0, Register.T0, Register.T1);
        a.la(Register.T2, REGION);
        a.add(Register.T0, Register.T0, Register.T2);
        a.sd(Register.T0, PerHart.REGION_NEXT, Register.TP);
        a.add(Register.T0, Register.T0, Register.T1);
        a.sd(Register.T0, PerHart.REGION_END, Register.TP);
    }

    /** Writes into the list of harts that this one, {@code a0}, is past the loader's code. */
    private static void sayEntered(TemplateAssembler a) {
        Label next = a.label("next");
        Label found = a.label("found");
        a.ld(Register.T0, BootInfo.HARTS_AT, Register.A1);
        a.bind(next);
        a.ld(Register.T1, BootHart.ID_AT, Register.T0);
        a.beq(Register.T1, Register.A0, found);
        a.addi(Register.T0, Register.T0, BootHart.BYTES);
        a.j(next);
        a.bind(found);
        a.li(Register.T1, 1);
        a.sd(Register.T1, BootHart.ENTERED_AT, Register.T0);
    }

    private Definition config(int hartBytes, IsaExtensions needs) {
        ByteBuffer config = ByteBuffer.allocate(CONFIG_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        config.put("K23CONF1".getBytes(StandardCharsets.US_ASCII));
        config.putInt(CONFIG_VERSION);
        byte[] modes = new byte[MOST_MODES];
        String[] names = option("paging", "SV39").split(",");
        for (int i = 0; i < names.length; i++) {
            modes[i] = (byte) Paging.valueOf(names[i]).bits();
        }
        config.put(modes);
        config.putLong((Long.parseLong(option("stackBytes", "65536")) + 4095) & -4096);
        config.putInt(Integer.parseInt(option("harts", "1")));
        config.putInt((int) BootInfo.VERSION);
        config.putLong(Math.max(PER_HART_BYTES, hartBytes + 7 & -8));
        config.putLong(needs.bits());
        return Definition.constant("k23.loader_config", config.array())
                .section(Section.named(".loader_config")).keep().build();
    }

    private IsaExtensions needs() {
        IsaExtensions needs = IsaExtensions.NONE;
        for (String name : option("needs", "").split(",")) {
            needs = name.isEmpty() ? needs : needs.with(IsaExtension.valueOf(name));
        }
        return needs;
    }

    private String option(String name, String fallback) {
        String value = main.entryOption(name);
        return value != null ? value : fallback;
    }
}

package k23.loader.boot;

import k23.loader.machine.MachineTemplates;
import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.TestDevice;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Label;
import k23.sdk.asm.Ordering;
import k23.sdk.asm.Register;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Sbi;

/** The templates of the loader, in the order in which a boot runs through them. */
public final class BootTemplates {
    /** The loader's first symbol: the Linux Image header. */
    public static final String START = "k23_loader_start";

    /** "MZ", what a PE file starts with, is also the instruction {@code c.li s4, -13}. */
    private static final int MZ = 0x5a4d;
    private static final int COMPRESSED_NOP = 1;
    /** Behind the Linux header, room for the PE header that the image builder writes. */
    private static final int PE_HEADER_AT = 64;
    /**
     * Nothing else is in the page of the headers: UEFI firmware need not make it executable, and
     * U-Boot's leaves out what lies behind the section table.
     */
    private static final int CODE_AT = 4096;
    private static final int IMAGE_SIZE_AT = 16;
    private static final long TEXT_OFFSET = 2L << 20;
    private static final int HART_STOP = 1;
    /** {@code clz t1, t1}, which {@link Assembler} does not know. */
    private static final int CLZ_T1_T1 = 0x6003_1313;
    /** The memory behind the image's file, as the image builder has it. */
    private static final int STACK_BYTES = 128 << 10;
    private static final int LOG_WORKER_STACK_BYTES = 14;

    private BootTemplates() {}

    /**
     * The header of a RISC-V Linux Image and what it jumps to: stack, relocation, Java.
     *
     * <p>The image builder fills in the image's size, which ends with memory for the loader's
     * stack; so the header itself tells where the stack is.
     */
    @Template(START)
    static void start(Assembler a) {
        Label code = a.label("code");
        Label arrived = a.label("arrived");
        Label relocated = a.label("relocated");
        a.half(MZ);
        a.half(COMPRESSED_NOP);
        a.j(code);
        a.dword(TEXT_OFFSET);
        a.dword(0);
        a.dword(0);
        a.word(2);
        a.word(0);
        a.dword(0);
        a.ascii("RISCV\0\0\0");
        a.ascii("RSC\5");
        a.word(PE_HEADER_AT);
        a.padTo(CODE_AT - Long.BYTES);
        a.bind(arrived);
        a.dword(0);
        a.symbol("k23_loader_moves");
        a.dword(0);
        a.dword(0);
        a.bind(code);
        a.csrw(Csr.SIE, Register.ZERO);
        leaveMachineMode(a, arrived, relocated);
        stopAllButFirst(a, arrived);
        a.mv(Register.S1, Register.A0);
        a.mv(Register.S2, Register.A1);
        a.call("k23_loader_prepare");
        a.bind(relocated);
        a.call("k23_loader_stack");
        a.la(Register.T0, "k23_loader_trap");
        a.csrw(Csr.STVEC, Register.T0);
        a.mv(Register.A0, Register.S1);
        a.mv(Register.A1, Register.S2);
        a.call("k23_loader_main");
        a.unimp();
        efiEntry(a);
    }

    /** Gives Java the stack that the Linux header claims, and no caller. */
    @Template("k23_loader_stack")
    static void stack(Assembler a) {
        a.li(Register.GP, 0);
        a.li(Register.TP, 0);
        a.li(Register.S0, 0);
        stackPointer(a);
        a.ret();
    }

    /**
     * Goes to the monitor's first instructions if this is M-mode, on a machine without firmware.
     * No register says so; but one of M-mode's can be read there, and is a trap in S-mode. The
     * monitor starts this loader again, in S-mode, at {@code relocated}.
     */
    private static void leaveMachineMode(Assembler a, Label arrived, Label relocated) {
        Label supervisor = a.label("supervisor");
        a.la(Register.T0, supervisor);
        a.csrw(Csr.STVEC, Register.T0);
        a.csrr(Register.T0, MachineTemplates.PROBED);
        a.la(MachineTemplates.ARRIVED, arrived);
        a.la(MachineTemplates.LOADER, relocated);
        a.tail("k23_machine_start");
        a.align(4);
        a.bind(supervisor);
    }

    /**
     * What UEFI calls with the image's handle and the system table. Until the boot services end,
     * interrupts, their vector, {@code gp} and {@code tp} stay the firmware's; nothing returns, so
     * the stack is the loader's own from the start, in memory that stays when the firmware goes.
     */
    private static void efiEntry(Assembler a) {
        a.symbol("k23_loader_efi");
        a.mv(Register.S1, Register.A0);
        a.mv(Register.S2, Register.A1);
        a.li(Register.S0, 0);
        stackPointer(a);
        a.call("k23_loader_prepare");
        a.mv(Register.A0, Register.S1);
        a.mv(Register.A1, Register.S2);
        a.call("k23_loader_efi_main");
        a.unimp();
    }

    /**
     * Only the first hart to arrive boots. OpenSBI 1.1 says that a hart is to start before it says
     * where: one that spins meanwhile starts where the last boot stage did, which is here.
     */
    private static void stopAllButFirst(Assembler a, Label arrived) {
        Label first = a.label("first");
        a.la(Register.T0, arrived);
        a.li(Register.T1, 1);
        a.amoswapW(Register.T1, Register.T1, Register.T0, Ordering.ACQUIRE_RELEASE);
        a.beqz(Register.T1, first);
        a.tail("k23_hart_rest");
        a.bind(first);
    }

    private static void stackPointer(Assembler a) {
        a.la(Register.T0, START);
        a.ld(Register.T1, IMAGE_SIZE_AT, Register.T0);
        a.add(Register.SP, Register.T0, Register.T1);
        a.andi(Register.SP, Register.SP, -16);
    }

    /** Makes the image's variables what Java expects, once, before any Java runs. */
    @Template("k23_loader_prepare")
    static void prepare(Assembler a) {
        unpackVariables(a);
        a.la(Register.T2, START);
        a.mv(Register.A1, Register.T2);
        a.tail("k23_loader_relocate");
    }

    /**
     * Makes room for the variables and writes them. Where they will be, the file has the end of the
     * container and the variables packed (docs/FORMATS.md, "The loader image"): both move behind
     * what the file has of the container, before the words are written: zero, or the next one of
     * the packed, as the bits in front of each 64 say.
     */
    private static void unpackVariables(Assembler a) {
        Label move = a.label("move");
        Label bits = a.label("bitsOfWords");
        Label word = a.label("word");
        Label store = a.label("store");
        Label done = a.label("unpacked");
        a.la(Register.T0, START);
        a.la(Register.T1, "k23_loader_moves");
        a.lw(Register.T2, 4, Register.T1);
        a.lw(Register.T6, 8, Register.T1);
        a.lw(Register.T1, 0, Register.T1);
        a.add(Register.T2, Register.T2, Register.T0);
        a.add(Register.T1, Register.T1, Register.T0);
        a.la(Register.T3, "__image_end");
        a.bind(move);
        a.ld(Register.T4, 0, Register.T1);
        a.ld(Register.T5, 8, Register.T1);
        a.sd(Register.T4, 0, Register.T2);
        a.sd(Register.T5, 8, Register.T2);
        a.addi(Register.T1, Register.T1, 16);
        a.addi(Register.T2, Register.T2, 16);
        a.bltu(Register.T1, Register.T3, move);
        a.sub(Register.T1, Register.T2, Register.T6);
        a.la(Register.T3, "__data_start");
        a.la(Register.T4, "__data_end");
        a.bind(bits);
        a.bgeu(Register.T3, Register.T4, done);
        a.ld(Register.T5, 0, Register.T1);
        a.addi(Register.T1, Register.T1, Long.BYTES);
        a.addi(Register.T6, Register.T3, Long.SIZE * Long.BYTES);
        a.bind(word);
        a.andi(Register.A0, Register.T5, 1);
        a.srli(Register.T5, Register.T5, 1);
        a.beqz(Register.A0, store);
        a.ld(Register.A0, 0, Register.T1);
        a.addi(Register.T1, Register.T1, Long.BYTES);
        a.bind(store);
        a.sd(Register.A0, 0, Register.T3);
        a.addi(Register.T3, Register.T3, Long.BYTES);
        a.bltu(Register.T3, Register.T6, word);
        a.j(bits);
        a.bind(done);
    }

    /**
     * Adds A1 to every word that holds an address (gABI, SHT_RELR), of the image at T2: that of an
     * even entry, then those of the bits of odd ones.
     */
    @Template("k23_loader_relocate")
    static void relocate(Assembler a) {
        Label next = a.label("next");
        Label bits = a.label("bits");
        Label bit = a.label("bit");
        Label skip = a.label("skip");
        Label done = a.label("done");
        a.la(Register.T0, "__relr_dyn_start");
        a.la(Register.T1, "__relr_dyn_end");
        a.bind(next);
        a.bgeu(Register.T0, Register.T1, done);
        a.ld(Register.T3, 0, Register.T0);
        a.addi(Register.T0, Register.T0, Long.BYTES);
        a.andi(Register.T4, Register.T3, 1);
        a.bnez(Register.T4, bits);
        a.add(Register.T5, Register.T3, Register.T2);
        addTo(a, Register.T5);
        a.addi(Register.T5, Register.T5, Long.BYTES);
        a.j(next);
        a.bind(bits);
        a.mv(Register.T6, Register.T5);
        a.addi(Register.T5, Register.T5, 63 * Long.BYTES);
        a.bind(bit);
        a.srli(Register.T3, Register.T3, 1);
        a.beqz(Register.T3, next);
        a.andi(Register.T4, Register.T3, 1);
        a.beqz(Register.T4, skip);
        addTo(a, Register.T6);
        a.bind(skip);
        a.addi(Register.T6, Register.T6, Long.BYTES);
        a.j(bit);
        a.bind(done);
        a.ret();
    }

    /** Adds A1 to the word at {@code address}. */
    private static void addTo(Assembler a, Register address) {
        a.ld(Register.A0, 0, address);
        a.add(Register.A0, Register.A0, Register.A1);
        a.sd(Register.A0, 0, address);
    }

    /** A trap in the loader: below the frames that led there, Java says what happened. */
    @Template("k23_loader_trap")
    static void trap(Assembler a) {
        a.align(4);
        a.csrr(Register.A0, Csr.SCAUSE);
        a.csrr(Register.A1, Csr.SEPC);
        a.csrr(Register.A2, Csr.STVAL);
        a.mv(Register.A3, Register.S0);
        a.mv(Register.A4, Register.RA);
        a.andi(Register.SP, Register.SP, -16);
        a.li(Register.S0, 0);
        a.call("k23_loader_trapped");
        a.unimp();
    }

    /** What the firmware starts another hart at: {@code a1} is the address of its arguments. */
    @Template("k23_hart_start")
    static void hartStart(Assembler a) {
        a.csrw(Csr.SIE, Register.ZERO);
        a.mv(Register.A0, Register.A1);
        a.tail("k23_enter_payload");
    }

    /** Writes {@code a0} to SATP, returns what it holds then, and turns translation off again. */
    @Template("k23_probe_satp")
    static void probe(Assembler a) {
        a.sfenceVma(Register.ZERO, Register.ZERO);
        a.csrw(Csr.SATP, Register.A0);
        a.csrr(Register.A0, Csr.SATP);
        a.csrw(Csr.SATP, Register.ZERO);
        a.sfenceVma(Register.ZERO, Register.ZERO);
        a.ret();
    }

    /**
     * What SATP holds after {@code satp} was written to it; translation is off before and behind.
     *
     * @param satp a value whose table maps the code of this method where it is
     */
    @Symbol("k23_probe_satp")
    public static native long probeSatp(long satp);

    /** Counts the leading zeros of 1 with {@code clz}, which no other extension has than Zbb. */
    @Template("k23_probe_zbb")
    static void probeZbb(Assembler a) {
        Label end = a.label("end");
        a.la(Register.T0, end);
        a.csrrw(Register.T0, Csr.STVEC, Register.T0);
        a.li(Register.A0, 0);
        a.li(Register.T1, 1);
        a.word(CLZ_T1_T1);
        a.addi(Register.A0, Register.T1, 1 - (Long.SIZE - 1));
        // With the extension or, by way of a trap, without.
        a.align(4);
        a.bind(end);
        a.csrw(Csr.STVEC, Register.T0);
        a.ret();
    }

    /** Whether this hart has Zbb. Interrupts are off; SEPC and its like are lost if it has not. */
    @Symbol("k23_probe_zbb")
    public static native boolean hasZbb();

    /** What a hart is started at that shall stop; the firmware says so when it has. */
    @Template("k23_hart_rest")
    static void hartRest(Assembler a) {
        a.csrw(Csr.SIE, Register.ZERO);
        a.li(Register.A7, Sbi.HART_STATE);
        a.li(Register.A6, HART_STOP);
        a.ecall();
        Label halt = a.here();
        a.wfi();
        a.j(halt);
    }

    /**
     * What a hart is started at that shall take part in the loader's work: {@code a1} is which
     * worker it is. The stacks of workers are the lowest part of the loader's stack.
     */
    @Template("k23_crew_start")
    static void crewStart(Assembler a) {
        a.csrw(Csr.SIE, Register.ZERO);
        a.la(Register.T0, "k23_loader_trap");
        a.csrw(Csr.STVEC, Register.T0);
        a.mv(Register.A0, Register.A1);
        a.li(Register.GP, 0);
        a.li(Register.TP, 0);
        a.li(Register.S0, 0);
        stackPointer(a);
        a.li(Register.T0, STACK_BYTES);
        a.sub(Register.SP, Register.SP, Register.T0);
        a.slli(Register.T0, Register.A0, LOG_WORKER_STACK_BYTES);
        a.add(Register.SP, Register.SP, Register.T0);
        a.call("k23_crew_work");
        a.tail("k23_hart_rest");
    }

    /**
     * Turns the payload's page table on and jumps. It runs in an identity-mapped page, in which a
     * last resort also lies: a trap before the payload sets a vector of its own ends there.
     */
    @Template("k23_enter_payload")
    static void enterPayload(Assembler a) {
        Label lastResort = a.label("lastResort");
        Label otherMode = a.label("otherMode");
        Label end = a.label("end");
        enableFloatingPoint(a);
        a.la(Register.T1, lastResort);
        a.csrw(Csr.STVEC, Register.T1);
        a.ld(Register.T1, EntryArguments.SCRATCH_AT, Register.A0);
        a.csrw(Csr.SSCRATCH, Register.T1);
        a.ld(Register.T0, EntryArguments.ENTRY_AT, Register.A0);
        a.ld(Register.SP, EntryArguments.STACK_TOP_AT, Register.A0);
        a.ld(Register.TP, EntryArguments.HART_BLOCK_AT, Register.A0);
        a.ld(Register.A1, EntryArguments.BOOT_INFO_AT, Register.A0);
        a.ld(Register.T2, EntryArguments.SATP_AT, Register.A0);
        a.ld(Register.A0, EntryArguments.HART_AT, Register.A0);
        a.sfenceVma(Register.ZERO, Register.ZERO);
        a.csrw(Csr.SATP, Register.T2);
        a.sfenceVma(Register.ZERO, Register.ZERO);
        a.csrr(Register.T1, Csr.SATP);
        a.bne(Register.T1, Register.T2, otherMode);
        a.li(Register.GP, 0);
        a.li(Register.S0, 0);
        a.li(Register.RA, 0);
        a.jr(Register.T0);
        a.align(4);
        a.bind(lastResort);
        lastResort(a, end);
        // Paging is off: the test device is not where SSCRATCH says.
        a.bind(otherMode);
        print(a, "\nk23: a hart lacks the paging mode\n");
        a.csrw(Csr.SSCRATCH, Register.ZERO);
        a.j(end);
        a.symbol("k23_enter_payload_end");
    }

    /** Whatever the firmware left: registers can be used and round to nearest, if there are any. */
    private static void enableFloatingPoint(Assembler a) {
        Label none = a.label("noFloatingPoint");
        a.li(Register.T0, Csr.SSTATUS_FS);
        a.csrs(Csr.SSTATUS, Register.T0);
        a.csrr(Register.T1, Csr.SSTATUS);
        a.and(Register.T1, Register.T1, Register.T0);
        a.beqz(Register.T1, none);
        a.csrw(Csr.FCSR, Register.ZERO);
        a.bind(none);
    }

    /**
     * Says why in hexadecimal and ends the machine with status 133: by the test device, whose
     * address the loader left in SSCRATCH, or else by the firmware. It touches no memory.
     */
    private static void lastResort(Assembler a, Label end) {
        print(a, "\nk23: the payload trapped before it set a trap vector: scause ");
        a.csrr(Register.S2, Csr.SCAUSE);
        hex(a, Register.S2);
        print(a, " sepc ");
        a.csrr(Register.S2, Csr.SEPC);
        hex(a, Register.S2);
        print(a, "\n");
        a.bind(end);
        TestDevice.end(a, 133);
    }

    private static void print(Assembler a, String text) {
        for (int i = 0; i < text.length(); i++) {
            putchar(a, text.charAt(i));
        }
    }

    private static void putchar(Assembler a, int character) {
        a.li(Register.A0, character);
        a.li(Register.A7, Sbi.LEGACY_PUTCHAR);
        a.ecall();
    }

    private static void hex(Assembler a, Register number) {
        Label loop = a.label("digit");
        Label decimal = a.label("decimal");
        a.li(Register.S3, 60);
        a.bind(loop);
        a.srl(Register.A0, number, Register.S3);
        a.andi(Register.A0, Register.A0, 15);
        a.slti(Register.T0, Register.A0, 10);
        a.bnez(Register.T0, decimal);
        a.addi(Register.A0, Register.A0, 'a' - '0' - 10);
        a.bind(decimal);
        a.addi(Register.A0, Register.A0, '0');
        a.li(Register.A7, Sbi.LEGACY_PUTCHAR);
        a.ecall();
        a.addi(Register.S3, Register.S3, -4);
        a.bge(Register.S3, Register.ZERO, loop);
    }

    /**
     * Enters the payload for good.
     *
     * @param arguments the physical address of this hart's {@link EntryArguments}
     */
    @Symbol("k23_enter_payload")
    public static native void enter(long arguments);
}

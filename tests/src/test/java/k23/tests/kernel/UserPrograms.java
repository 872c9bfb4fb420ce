package k23.tests.kernel;

import static k23.sdk.asm.Register.A0;
import static k23.sdk.asm.Register.A1;
import static k23.sdk.asm.Register.S1;
import static k23.sdk.asm.Register.T0;
import static k23.sdk.asm.Register.T1;
import static k23.sdk.asm.Register.ZERO;

import k23.kernel.Power;
import k23.kernel.Timer;
import k23.kernel.memory.AddressSpace;
import k23.kernel.memory.Frames;
import k23.kernel.memory.Protection;
import k23.kernel.memory.RegionMemory;
import k23.kernel.memory.Reservation;
import k23.kernel.trap.Cause;
import k23.kernel.trap.UserContext;
import k23.kernel.trap.UserMode;
import k23.sdk.Log;
import k23.sdk.Symbols;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.FloatRegister;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;
import k23.sdk.memory.Region;
import k23.sdk.riscv.Csr;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/** Programs in user mode that do what programs may and may not do. */
final class UserPrograms {
    private static final long CODE = 0x10000;
    private static final long DATA = 0x20000;
    private static final long MEMORY = 1L << 32;
    private static final long MEMORY_BYTES = 8L << 30;
    private static final long COMMITTED = 1 << 20;
    private static final int EXIT_WRONG = 98;

    private UserPrograms() {}

    /** Each program starts at a slot of 256 bytes, by its number. */
    @Template("test_user_code")
    static void code(Assembler a) {
        // 0: calls the kernel with a sum, goes on behind the call, calls again with a float.
        a.li(A0, 40);
        a.addi(A0, A0, 2);
        a.ecall();
        a.fmvDX(FloatRegister.FS0, A0);
        a.ecall();
        a.fmvXD(A0, FloatRegister.FS0);
        a.ecall();
        a.padTo(0x100);
        // 1: reads the kernel's memory.
        a.li(T0, 0xffff_ffff_8000_0000L);
        a.ld(T1, 0, T0);
        a.padTo(0x200);
        // 2: executes its data.
        a.li(T0, DATA);
        a.jr(T0);
        a.padTo(0x300);
        // 3: writes its code.
        a.li(T0, CODE);
        a.sd(ZERO, 0, T0);
        a.padTo(0x400);
        // 4: a privileged instruction.
        a.csrr(T0, Csr.SATP);
        a.padTo(0x500);
        // 5: never ends.
        Label loop = a.here();
        a.j(loop);
        a.padTo(0x600);
        // 6: sums over reserved memory, then touches what is behind.
        a.li(S1, MEMORY);
        a.li(T0, MEMORY + COMMITTED);
        a.li(A0, 0);
        Label next = a.here();
        a.sd(S1, 0, S1);
        a.ld(T1, 0, S1);
        a.add(A0, A0, T1);
        a.li(T1, 4096);
        a.add(S1, S1, T1);
        a.bne(S1, T0, next);
        a.ecall();
        a.ld(T1, 0, S1);
        a.padTo(0x700);
        // 7: the null page.
        a.sd(A1, 8, ZERO);
        a.padTo(0x800);
        // 8: all registers survive an interrupt.
        for (int i = 1; i < 32; i++) {
            a.li(Register.x(i), 1000 + i);
        }
        a.ecall();
        a.symbol("test_user_code_end");
    }

    static void run() {
        long before = Frames.free();
        RegionMemory memory = RegionMemory.allocate(1 << 16);
        try (Region.Scope _ = memory.enter()) {
            runAll();
        }
        memory.free();
        long lost = before - Frames.free();
        Log.info("user: all as expected, " + lost + " frames lost");
        Power.off(lost == 0 ? 0 : EXIT_WRONG);
    }

    private static void runAll() {
        AddressSpace space = AddressSpace.create();
        long start = Symbols.addressOf("test_user_code");
        Span code = new Span(new Address(start), Symbols.addressOf("test_user_code_end") - start);
        expect("load", space.load(CODE, code, code.length(), Protection.READ_EXECUTE)
                && space.allocate(DATA, 8192, Protection.READ_WRITE));
        Reservation reservation = space.reserve(MEMORY, MEMORY_BYTES, Protection.READ_WRITE);
        reservation.commit(COMMITTED);
        space.activate();
        RegionMemory registers = RegionMemory.allocate(UserContext.BYTES);
        UserContext context = new UserContext(registers.memory().start());
        calls(context);
        fault(context, 1, Cause.LOAD_PAGE_FAULT);
        fault(context, 2, Cause.FETCH_PAGE_FAULT);
        fault(context, 3, Cause.STORE_PAGE_FAULT);
        fault(context, 4, Cause.ILLEGAL_INSTRUCTION);
        fault(context, 7, Cause.STORE_PAGE_FAULT);
        interrupt(context);
        reserved(space, context);
        registers(context);
        copies(space);
        registers.free();
        space.destroy();
    }

    private static long run(UserContext context, int program) {
        context.pc(CODE + 0x100L * program);
        context.stackPointer(DATA + 4096);
        return UserMode.run(context);
    }

    private static void calls(UserContext context) {
        expect("call", run(context, 0) == Cause.USER_CALL && context.argument(0) == 42);
        context.result(7);
        context.pc(context.pc() + 4);
        expect("second call", UserMode.run(context) == Cause.USER_CALL);
        context.result(8);
        context.pc(context.pc() + 4);
        expect("float", UserMode.run(context) == Cause.USER_CALL && context.argument(0) == 7);
        Log.info("user: calls");
    }

    private static void fault(UserContext context, int program, long cause) {
        long seen = run(context, program);
        expect("fault", seen == cause && context.cause() == cause);
        Log.info("user: " + Cause.text(seen) + " at " + new Address(context.pc())
                + ", address " + new Address(context.value()));
    }

    private static void interrupt(UserContext context) {
        Timer.interruptAt(Timer.monotonicNanos() + 10_000_000);
        expect("interrupt", run(context, 5) == Cause.TIMER);
        Timer.cancel();
        Log.info("user: interrupted at " + new Address(context.pc()));
    }

    private static void reserved(AddressSpace space, UserContext context) {
        int faults = 0;
        long cause = run(context, 6);
        while (cause == Cause.STORE_PAGE_FAULT
                && space.handleFault(context.value(), cause) == AddressSpace.Fault.BACKED) {
            faults++;
            cause = UserMode.run(context);
        }
        long pages = COMMITTED / 4096;
        expect("sum", cause == Cause.USER_CALL && context.argument(0)
                == pages * MEMORY + 4096 * (pages * (pages - 1) / 2));
        context.pc(context.pc() + 4);
        cause = UserMode.run(context);
        expect("guard", cause == Cause.LOAD_PAGE_FAULT && context.value() == MEMORY + COMMITTED
                && space.handleFault(context.value(), cause) == AddressSpace.Fault.REFUSED);
        Log.info("user: " + pages + " pages with " + faults + " faults");
    }

    private static void registers(UserContext context) {
        expect("registers", run(context, 8) == Cause.USER_CALL);
        for (int i = 1; i < 32; i++) {
            expect("register", context.register(i) == 1000 + i);
        }
    }

    private static void copies(AddressSpace space) {
        try (AddressSpace.Access _ = AddressSpace.access()) {
            expect("view", new Address(MEMORY + 4096).getLong(0) == MEMORY + 4096);
        }
        RegionMemory memory = RegionMemory.allocate(4096);
        Span buffer = memory.memory().slice(0, 16);
        expect("copy in", space.copyIn(MEMORY + 4096, buffer)
                && buffer.getLong(0) == MEMORY + 4096);
        expect("copy out", space.copyOut(buffer, DATA + 4090)
                && !space.copyOut(buffer, CODE) && !space.copyIn(0x5000, buffer)
                && !space.copyIn(-16, buffer) && !space.copyIn(MEMORY + COMMITTED - 8, buffer));
        memory.free();
    }

    private static void expect(String what, boolean holds) {
        if (!holds) {
            Log.error("user: failed: " + what);
            Power.off(EXIT_WRONG);
        }
    }
}

package k23.runtime.program;

import k23.runtime.wasi.Errno;
import k23.runtime.wasi.Wasi;
import k23.runtime.wasi.WasiCalls;
import k23.sdk.trace.TrapKinds;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * A program in its address space. Mapping comes first, then {@link #run}: everything else of the
 * instantiation is code of the program itself.
 */
public final class Instance {
    /** The status of a program that trapped. */
    public static final int TRAP_STATUS = 134;
    private static final int RA = 1;
    private static final int SP = 2;
    private static final int T0 = 5;
    private static final int FP = 8;
    private static final int A0 = 10;
    private static final int REGISTER_WORDS = 7;
    private static final int CALL_WORDS = 9;
    private static final int LENGTH = 8;
    private static final int ECALL_BYTES = 4;
    private static final long FAILED = -1;

    private final ProgramImage image;
    private final UserSpace space;
    private final Wasi wasi;
    private final long stackStart;
    private final long[] words = new long[CALL_WORDS];
    // Sizes are kept here as well: what stands in the program's memory is the program's to spoil.
    private final long[] memoryPages = new long[UserLayout.MAX_MEMORIES];
    private final long[] tableElements = new long[UserLayout.MAX_TABLES];
    private final int[] memoryReservations = new int[UserLayout.MAX_MEMORIES];
    private final int[] tableReservations = new int[UserLayout.MAX_TABLES];

    /** Prepares a program whose image has no problem. */
    public Instance(ProgramImage image, UserSpace space, Wasi wasi) {
        this.image = image;
        this.space = space;
        this.wasi = wasi;
        stackStart = UserLayout.STACK_TOP - image.stackBytes();
    }

    /** Maps everything that the program has at its start; false when memory is short. */
    public boolean map() {
        for (int i = 0; i < image.segmentCount(); i++) {
            ProgramImage.Segment s = image.segment(i);
            if (!space.load(s.address(), s.contents(), s.memBytes(), s.writable(),
                    s.executable())) {
                return false;
            }
        }
        int stack = space.reserve(stackStart, image.stackBytes());
        space.open();
        boolean mapped = space.commit(stack, image.stackBytes()) && mapMemories() && mapTables();
        space.close();
        return mapped;
    }

    private boolean mapMemories() {
        for (int i = 0; i < image.memoryCount(); i++) {
            ProgramImage.Extent memory = image.memory(i);
            memoryReservations[i] = space.reserve(memoryBase(i),
                    UserLayout.MEMORY_RESERVED_BYTES);
            Address.of(memory.definition()).putLong(0, memoryBase(i));
            if (growMemory(memory.definition(), memory.minimum()) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean mapTables() {
        for (int i = 0; i < image.tableCount(); i++) {
            ProgramImage.Extent table = image.table(i);
            tableReservations[i] = space.reserve(tableBase(i), UserLayout.TABLE_SLOT_BYTES);
            Address.of(table.definition()).putLong(0, tableBase(i));
            if (growTable(table.definition(), table.minimum()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Grows a memory by pages: how many it had, or -1. */
    private long growMemory(long definition, long pages) {
        for (int i = 0; i < image.memoryCount(); i++) {
            ProgramImage.Extent memory = image.memory(i);
            if (memory.definition() == definition) {
                long before = memoryPages[i];
                long bytes = (before + pages) * UserLayout.WASM_PAGE_BYTES;
                if (pages > memory.maximum() - before
                        || !space.commit(memoryReservations[i], bytes)) {
                    return FAILED;
                }
                memoryPages[i] = before + pages;
                Address.of(definition).putLong(LENGTH, bytes);
                return before;
            }
        }
        return FAILED;
    }

    /** Grows a table by elements, which are null: how many it had, or -1. */
    private long growTable(long definition, long elements) {
        for (int i = 0; i < image.tableCount(); i++) {
            ProgramImage.Extent table = image.table(i);
            if (table.definition() == definition) {
                long before = tableElements[i];
                long after = before + elements;
                if (elements > table.maximum() - before || !space.commit(tableReservations[i],
                        UserLayout.wholePages(after * UserLayout.ELEMENT_BYTES))) {
                    return FAILED;
                }
                tableElements[i] = after;
                Address.of(definition).putLong(LENGTH, after);
                return before;
            }
        }
        return FAILED;
    }

    private static long memoryBase(int index) {
        return UserLayout.MEMORIES_START + index * UserLayout.MEMORY_SLOT_BYTES;
    }

    private static long tableBase(int index) {
        return UserLayout.TABLES_START + index * UserLayout.TABLE_SLOT_BYTES;
    }

    /** Runs the program to its end: its status, {@link #TRAP_STATUS} when it trapped. */
    public int run() {
        space.pc(image.entry());
        space.register(SP, UserLayout.STACK_TOP);
        return goOn();
    }

    /**
     * Calls code of a library: a program whose entry is {@code k23.exit}, to which the code
     * returns. Results are where the code leaves them in {@code slots}.
     *
     * @param code  the address of the code
     * @param a0    its first argument
     * @param a1    its second
     * @param slots words at the stack's upper end: they go there before, and come back behind
     * @return 0, or the kind of trap that ended it; -1 for a fault that is no trap
     */
    public int invoke(long code, long a0, long a1, long[] slots) {
        long array = UserLayout.STACK_TOP - (slots.length * 8L + 15 & -16L);
        space.open();
        for (int i = 0; i < slots.length; i++) {
            Address.of(array).putLong(i * 8L, slots[i]);
        }
        space.close();
        space.pc(code);
        space.register(RA, image.entry());
        space.register(SP, array);
        space.register(FP, 0);
        space.register(A0, a0);
        space.register(A0 + 1, a1);
        space.register(A0 + 2, array);
        int event = space.run();
        while (event == UserSpace.CALL && space.register(T0) != WasiCalls.EXIT) {
            answer();
            event = space.run();
        }
        if (event != UserSpace.CALL) {
            int kind = kind(event);
            return kind == 0 ? -1 : kind;
        }
        space.open();
        for (int i = 0; i < slots.length; i++) {
            slots[i] = Address.of(array).getLong(i * 8L);
        }
        space.close();
        return 0;
    }

    private int goOn() {
        while (!wasi.isFinished()) {
            int event = space.run();
            if (event != UserSpace.CALL) {
                wasi.beforeLog();
                space.open();
                new TrapReport(space, image.code(), stackStart).write(event, kind(event));
                space.close();
                return TRAP_STATUS;
            }
            answer();
        }
        return wasi.status();
    }

    private void answer() {
        space.open();
        space.register(A0, call());
        space.close();
        space.pc(space.pc() + ECALL_BYTES);
    }

    /** The kind of trap that an event is, 0 for none. */
    private int kind(int event) {
        if (event == UserSpace.INTERRUPTED) {
            return TrapKinds.WASM_INTERRUPTED;
        }
        if (event == UserSpace.FAULT) {
            long below = stackStart - space.faultAddress();
            if (below > 0 && below <= UserLayout.STACK_GUARD_BYTES) {
                return TrapKinds.WASM_CALL_STACK_EXHAUSTED;
            }
        }
        return event == UserSpace.FAULT || event == UserSpace.ILLEGAL
                ? image.code().trapAt(space.pc()).kind() : 0;
    }

    private long call() {
        long number = space.register(T0);
        long a0 = space.register(A0);
        if (number == WasiCalls.GROW_MEMORY) {
            return growMemory(a0, Integer.toUnsignedLong((int) space.register(A0 + 1)));
        }
        if (number == WasiCalls.GROW_TABLE) {
            return growTable(a0, Integer.toUnsignedLong((int) space.register(A0 + 1)));
        }
        if (number == WasiCalls.EXIT) {
            wasi.finish((int) a0);
            return 0;
        }
        if (number >= WasiCalls.FIRST && number < WasiCalls.FIRST + WasiCalls.count()) {
            readArguments();
            return wasi.call((int) number, words, mainMemory());
        }
        return Errno.NOSYS;
    }

    /** Arguments follow the instance's address in a0: seven in registers, the rest on the stack. */
    private void readArguments() {
        long sp = space.register(SP);
        boolean stacked = sp >= stackStart && sp <= UserLayout.STACK_TOP - 16 && sp % 8 == 0;
        for (int i = 0; i < CALL_WORDS; i++) {
            if (i < REGISTER_WORDS) {
                words[i] = space.register(A0 + 1 + i);
            } else {
                words[i] = stacked ? Address.of(sp).getLong((i - REGISTER_WORDS) * 8L) : 0;
            }
        }
    }

    /** The memory that WASI's pointers mean, with the length that is known here. */
    private Span mainMemory() {
        for (int i = 0; i < image.memoryCount(); i++) {
            ProgramImage.Extent memory = image.memory(i);
            if (memory.definition() == image.mainMemory()) {
                return new Span(new Address(memoryBase(i)),
                        memoryPages[i] * UserLayout.WASM_PAGE_BYTES);
            }
        }
        return Span.EMPTY;
    }
}

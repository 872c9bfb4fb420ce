package k23.runtime.program;

import k23.runtime.wasi.Errno;
import k23.runtime.wasi.Wasi;
import k23.runtime.wasi.WasiCalls;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * A program in its address space. Mapping comes first, then {@link #run}: everything else of the
 * instantiation is code of the program itself.
 */
public final class Instance {
    /** The status of a program that trapped. */
    public static final int TRAP_STATUS = 134;
    private static final int SP = 2;
    private static final int T0 = 5;
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
            if (!mapSegment(image.segment(i))) {
                return false;
            }
        }
        for (int i = 0; i < image.memoryCount(); i++) {
            ProgramImage.Extent memory = image.memory(i);
            Address.of(memory.definition()).putLong(0, memoryBase(i));
            if (growMemory(memory.definition(), memory.minimum()) < 0) {
                return false;
            }
        }
        for (int i = 0; i < image.tableCount(); i++) {
            ProgramImage.Extent table = image.table(i);
            Address.of(table.definition()).putLong(0, tableBase(i));
            if (growTable(table.definition(), table.minimum()) < 0) {
                return false;
            }
        }
        return space.map(stackStart, image.stackBytes());
    }

    /** Grows a memory by pages: how many it had, or -1. */
    private long growMemory(long definition, long pages) {
        for (int i = 0; i < image.memoryCount(); i++) {
            ProgramImage.Extent memory = image.memory(i);
            if (memory.definition() != definition) {
                continue;
            }
            long before = memoryPages[i];
            long unit = UserLayout.WASM_PAGE_BYTES;
            if (pages > memory.maximum() - before || pages > 0
                    && !space.map(memoryBase(i) + before * unit, pages * unit)) {
                return FAILED;
            }
            memoryPages[i] = before + pages;
            Address.of(definition).putLong(LENGTH, memoryPages[i] * unit);
            return before;
        }
        return FAILED;
    }

    /** Grows a table by elements, which are null: how many it had, or -1. */
    private long growTable(long definition, long elements) {
        for (int i = 0; i < image.tableCount(); i++) {
            ProgramImage.Extent table = image.table(i);
            if (table.definition() != definition) {
                continue;
            }
            long before = tableElements[i];
            if (elements > table.maximum() - before) {
                return FAILED;
            }
            long mapped = UserLayout.wholePages(before * UserLayout.ELEMENT_BYTES);
            long wanted = UserLayout.wholePages((before + elements) * UserLayout.ELEMENT_BYTES);
            if (wanted > mapped && !space.map(tableBase(i) + mapped, wanted - mapped)) {
                return FAILED;
            }
            tableElements[i] = before + elements;
            Address.of(definition).putLong(LENGTH, tableElements[i]);
            return before;
        }
        return FAILED;
    }

    private static long memoryBase(int index) {
        return UserLayout.MEMORIES_START + index * UserLayout.MEMORY_SLOT_BYTES;
    }

    private static long tableBase(int index) {
        return UserLayout.TABLES_START + index * UserLayout.TABLE_SLOT_BYTES;
    }

    private boolean mapSegment(ProgramImage.Segment segment) {
        long start = segment.firstPage();
        long bytes = segment.end() - start;
        if (!space.map(start, bytes)) {
            return false;
        }
        new Span(new Address(segment.address()), segment.contents().length())
                .put(0, segment.contents());
        if (!segment.writable()) {
            space.seal(start, bytes, segment.executable());
        }
        return true;
    }

    /** Runs the program to its end: its status, {@link #TRAP_STATUS} when it trapped. */
    public int run() {
        space.pc(image.entry());
        space.register(SP, UserLayout.STACK_TOP);
        while (!wasi.isFinished()) {
            int event = space.run();
            if (event == UserSpace.CALL) {
                call();
            } else {
                new TrapReport(space, new CodeMap(image), stackStart).write(trapKind(event));
                return TRAP_STATUS;
            }
        }
        return wasi.status();
    }

    private int trapKind(int event) {
        if (event == UserSpace.INTERRUPTED) {
            return TrapKinds.INTERRUPTED;
        }
        long address = space.faultAddress();
        if (event == UserSpace.FAULT && address < stackStart
                && address >= stackStart - UserLayout.STACK_GUARD_BYTES) {
            return TrapKinds.STACK_EXHAUSTED;
        }
        return event == UserSpace.OTHER ? 0 : new CodeMap(image).trapKind(space.pc());
    }

    private void call() {
        long number = space.register(T0);
        long result;
        if (number == WasiCalls.GROW_MEMORY) {
            result = growMemory(space.register(A0), space.register(A0 + 1) & 0xffff_ffffL);
        } else if (number == WasiCalls.GROW_TABLE) {
            result = growTable(space.register(A0), space.register(A0 + 1) & 0xffff_ffffL);
        } else if (number == WasiCalls.EXIT) {
            wasi.finish((int) space.register(A0));
            result = 0;
        } else if (number >= WasiCalls.FIRST && number < WasiCalls.FIRST + WasiCalls.count()) {
            readArguments();
            result = wasi.call((int) number, words, mainMemory());
        } else {
            result = Errno.NOSYS;
        }
        space.register(A0, result);
        space.pc(space.pc() + ECALL_BYTES);
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

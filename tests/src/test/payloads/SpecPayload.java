import k23.kernel.Kernel;
import k23.kernel.Power;
import k23.kernel.memory.AddressSpace;
import k23.kernel.memory.RegionMemory;
import k23.runtime.program.Bundle;
import k23.runtime.program.Instance;
import k23.runtime.program.KernelHost;
import k23.runtime.program.KernelSpace;
import k23.runtime.program.ProgramImage;
import k23.runtime.wasi.Strings;
import k23.runtime.wasi.Wasi;
import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;
import k23.sdk.memory.Region;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * A payload that calls exports of programs as scripts say, each program in user mode and in its
 * own address space, and prints what comes back. Each program's script is its first argument; the
 * lines are those of {@code harness.c}, and so are the answers.
 */
public final class SpecPayload {
    private static final int STACK_BYTES = 256 << 10;
    private static final long REGION_BYTES = 1 << 18;
    private static final int WORDS = 64;
    private static final int FAILED = 1;

    private static final long[] SLOTS = new long[WORDS];

    /** The script that is being read, and where in it. */
    private static Span script = Span.EMPTY;
    private static long at;

    private SpecPayload() {}

    @Entry(stackBytes = STACK_BYTES, harts = 1)
    static void main(int hart, BootInfo boot) {
        Kernel.start(hart, boot);
        Bundle entry = Bundle.of(boot.bundle());
        while (entry.isThere()) {
            if (entry.kind() == Bundle.PROGRAM) {
                Log.print("# program\n");
                RegionMemory memory = RegionMemory.allocate(REGION_BYTES);
                try (Region.Scope _ = memory.enter()) {
                    run(entry.data(), entry.next().data());
                }
                memory.free();
            }
            entry = entry.next();
        }
        Log.print("# end\n");
        Power.off(entry.isEnd() ? 0 : FAILED);
    }

    private static void run(Span elf, Span lines) {
        ProgramImage image = new ProgramImage(elf);
        if (image.problem() != null) {
            Log.print(image.problem());
            Log.print("\n");
            return;
        }
        AddressSpace space = AddressSpace.create();
        Wasi wasi = new Wasi(new KernelHost(), new Strings(0), new Strings(0));
        Instance instance = new Instance(image, new KernelSpace(space), wasi);
        if (instance.map()) {
            script = lines;
            at = 0;
            while (at < script.length()) {
                line(image, instance);
            }
        } else {
            Log.print("not enough memory\n");
        }
        space.destroy();
    }

    private static void line(ProgramImage image, Instance instance) {
        int kind = script.getUnsignedByte(at);
        at++;
        int results = 0;
        int trap;
        if (kind == 'i') {
            int index = (int) number(10);
            trap = instance.invoke(image.instanceCode(index), image.instanceStructure(index), 0,
                    SLOTS);
        } else if (kind == 'g') {
            long address = number(16);
            try (AddressSpace.Access _ = AddressSpace.access()) {
                SLOTS[0] = Address.of(address).getLong(0);
            }
            results = 1;
            trap = 0;
        } else {
            ProgramImage.Exported export = image.export((int) number(10));
            results = (int) number(10);
            for (int i = 0; i < WORDS; i++) {
                SLOTS[i] = isLineEnd() ? 0 : number(16);
            }
            trap = instance.invoke(export.trampoline(), export.structure(), export.code(), SLOTS);
        }
        at++;
        answer(trap, results);
    }

    private static void answer(int trap, int results) {
        if (trap != 0) {
            Log.print("trap ");
            Log.append(trap);
        } else {
            Log.print("ok");
            for (int i = 0; i < results; i++) {
                Log.print(" ");
                hex(SLOTS[i]);
            }
        }
        Log.print("\n");
    }

    private static void hex(long number) {
        int shift = 60;
        while (shift > 0 && number >>> shift == 0) {
            shift -= 4;
        }
        for (; shift >= 0; shift -= 4) {
            int digit = (int) (number >>> shift) & 15;
            Log.append((char) (digit < 10 ? '0' + digit : 'a' - 10 + digit));
        }
    }

    private static boolean isLineEnd() {
        return at >= script.length() || script.getUnsignedByte(at) == '\n';
    }

    /** The number behind the spaces here. */
    private static long number(int base) {
        while (script.getUnsignedByte(at) == ' ') {
            at++;
        }
        long value = 0;
        while (!isLineEnd() && script.getUnsignedByte(at) != ' ') {
            int c = script.getUnsignedByte(at);
            value = value * base + (c <= '9' ? c - '0' : c - 'a' + 10);
            at++;
        }
        return value;
    }
}

package k23.tests.kernel;

import k23.kernel.Entropy;
import k23.kernel.Kernel;
import k23.kernel.Power;
import k23.kernel.Timer;
import k23.kernel.device.ConsolePort;
import k23.kernel.device.Devices;
import k23.kernel.memory.Frames;
import k23.kernel.memory.RegionMemory;
import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.Paging;
import k23.sdk.boot.BootInfo;
import k23.sdk.memory.Region;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/** The payload of the kernel's tests: the boot arguments say what it does. */
public final class KernelPayload {
    private static final int EXIT_WRONG = 99;
    private static final int BUFFER_BYTES = 10_000;

    private static int[] nothing;

    private KernelPayload() {}

    @Entry(stackBytes = 64 << 10, harts = 1, paging = Paging.SV48)
    static void main(int hart, BootInfo boot) {
        Span what = new Span(boot.bootArguments(), boot.bootArgumentsBytes());
        if (is(what, "stranger")) {
            boot.magic(1);
        }
        Kernel.start(hart, boot);
        if (is(what, "exit")) {
            Power.off(42);
        } else if (is(what, "null")) {
            Power.off(dereference(nothing));
        } else if (is(what, "bounds")) {
            Power.off(element(new int[3], what.length()));
        } else if (is(what, "wild")) {
            Power.off(new Address(0x123_4560).getInt(0));
        } else if (is(what, "throw")) {
            fail();
        } else if (is(what, "overflow")) {
            Power.off(recurse(1));
        } else if (is(what, "echo")) {
            echo();
        } else if (is(what, "clock")) {
            clock();
        } else if (is(what, "user")) {
            UserPrograms.run();
        } else if (is(what, "random")) {
            RandomCode.run();
        }
        Power.off(EXIT_WRONG);
    }

    private static boolean is(Span arguments, String word) {
        if (arguments.length() != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (arguments.getUnsignedByte(i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int dereference(int[] array) {
        return array.length;
    }

    private static int element(int[] array, long index) {
        return array[(int) index];
    }

    private static void fail() {
        throw new IllegalStateException("as it was told");
    }

    private static int recurse(int depth) {
        return depth + recurse(depth * 3) * recurse(depth + 1);
    }

    /** Standard input to standard output until the end; the exit code is the sum's low bits. */
    private static void echo() {
        RegionMemory memory = RegionMemory.allocate(1 << 16);
        Span buffer = memory.memory().slice(0, BUFFER_BYTES);
        ConsolePort input = Devices.input();
        ConsolePort output = Devices.output();
        long total = 0;
        int count = input.read(buffer);
        while (count > 0) {
            if (!output.write(buffer.slice(0, count))) {
                Log.error("output is closed");
                Power.off(EXIT_WRONG);
            }
            total += count;
            count = input.read(buffer);
        }
        Log.info("echoed " + total + " bytes");
        Power.off(0);
    }

    private static void clock() {
        long start = Timer.monotonicNanos();
        Timer.sleepUntil(start + 50_000_000);
        long slept = (Timer.monotonicNanos() - start) / 1_000_000;
        Log.info("slept " + slept + " ms, 1970 was " + Timer.realtimeNanos() / 1_000_000_000
                + " s ago, random " + new Address(Entropy.next()));
        long free = Frames.free();
        RegionMemory memory = RegionMemory.allocate(1 << 20);
        try (Region.Scope _ = memory.enter()) {
            nothing = new int[1000];
        }
        memory.free();
        Power.off(free == Frames.free() && slept >= 50 ? 0 : EXIT_WRONG);
    }
}

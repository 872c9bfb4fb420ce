package k23.tests.bare;

import k23.sdk.Symbol;
import k23.sdk.riscv.Csr;
import k23.tests.bench.kernel.Kernels;

/** Runs each benchmark kernel once and prints its name, retired instructions and checksum. */
public final class BenchPayload {
    private static final String[] NAMES = {
        "fib", "sieve", "crc32", "matmul", "sort", "sha256", "dispatch",
    };

    private BenchPayload() {}

    /** Prints a line {@code kernel name 0xinstructions 0xchecksum} for each kernel. */
    @Symbol("k23_bare_main")
    static void main() {
        for (int i = 0; i < NAMES.length; i++) {
            long before = Csr.read(Csr.INSTRET);
            long checksum = run(i);
            long after = Csr.read(Csr.INSTRET);
            BareMachine.print("kernel ");
            BareMachine.print(NAMES[i]);
            BareMachine.print(" 0x");
            BareMachine.printHex(after - before);
            BareMachine.print(" 0x");
            BareMachine.printHex(checksum);
            BareMachine.print('\n');
        }
    }

    private static long run(int kernel) {
        return switch (kernel) {
            case 0 -> Kernels.fib();
            case 1 -> Kernels.sieve();
            case 2 -> Kernels.crc32();
            case 3 -> Kernels.matmul();
            case 4 -> Kernels.sort();
            case 5 -> Kernels.sha256();
            default -> Kernels.dispatch();
        };
    }

    /** The benchmark attempts nothing; the symbol is there for {@link BareMachine}. */
    @Symbol("k23_bare_case")
    static long runCase(int which, long a, long b) {
        return which + a + b;
    }
}

package k23.tests.bare;

import k23.sdk.RawAccessAllowed;
import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.riscv.Csr;
import k23.tests.bench.kernel.Kernels;
import k23.tests.bench.kernel.MemoryKernels;
import k23.tests.bench.kernel.PlanetKernel;

/** Runs each benchmark kernel once and prints its name, retired instructions and checksum. */
@RawAccessAllowed(reason = "it reads the counters of time and instructions")
public final class BenchPayload {
    private static final String[] NAMES = {
        "fib", "sieve", "crc32", "matmul", "sort", "sha256", "dispatch", "sha512", "lz4", "copy",
        "walk", "nbody",
    };

    /** The symbol at which the payload starts. */
    public static final String START = "k23_bench_start";

    private static final String MAIN = "k23_bench_main";

    private BenchPayload() {}

    /** The payload's first instruction. */
    @Template(START)
    static void start(Assembler a) {
        BareMachine.start(a, MAIN);
    }

    /** Prints a line {@code kernel name 0xinstructions 0xchecksum} for each kernel. */
    @Symbol(MAIN)
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
            case 6 -> Kernels.dispatch();
            case 7 -> MemoryKernels.sha512();
            case 8 -> MemoryKernels.lz4();
            case 9 -> MemoryKernels.copy();
            case 10 -> MemoryKernels.walk();
            default -> PlanetKernel.nbody();
        };
    }
}

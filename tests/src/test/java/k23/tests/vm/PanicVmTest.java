package k23.tests.vm;

import k23.junit.KernelTest;
import k23.junit.guest.Check;
import k23.kernel.Power;
import k23.sdk.Log;
import k23.sdk.NoInline;
import k23.sdk.Symbols;
import k23.sdk.boot.PerHart;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/** How the kernel ends: by its own will with a status, or by a panic with a name and a place. */
final class PanicVmTest {
    private static int zero;
    private static int[] nothing;
    private static final int[] THREE = {1, 2, 3};

    private PanicVmTest() {}

    private sealed interface Shape permits Circle, Square {}

    private static final class Circle implements Shape {}

    private static final class Square implements Shape {}

    @KernelTest(status = 1)
    static void status1() {
        Power.off(1);
    }

    @KernelTest(status = 255)
    static void status255() {
        Power.off(255);
    }

    @KernelTest(panic = "null reference",
            console = "at PanicVmTest.lengthOfNull(PanicVmTest.java:")
    static void lengthOfNull() {
        Log.info("length " + nothing.length);
    }

    @KernelTest(panic = "index out of bounds")
    static void indexTooLarge() {
        Log.info("element " + THREE[3 + zero]);
    }

    @KernelTest(panic = "index out of bounds")
    static void indexNegative() {
        Log.info("element " + THREE[zero - 1]);
    }

    @KernelTest(panic = "division by zero")
    static void remainderByZero() {
        Log.info("rest " + 7 % zero);
    }

    @KernelTest(panic = "negative array size")
    static void negativeArraySize() {
        nothing = new int[zero - 1];
    }

    @KernelTest(panic = "wrong type in a cast")
    static void wrongCast() {
        Shape shape = zero == 0 ? new Circle() : new Square();
        Square square = (Square) shape;
        Check.that(square == null, "never");
    }

    @KernelTest(panic = "java.lang.UnsupportedOperationException: not today")
    static void aThrowIsNamed() {
        throw new UnsupportedOperationException("not today");
    }

    @KernelTest(panic = "outside of span")
    static void outsideOfASpan() {
        Span span = new Span(PerHart.current().base(), 8);
        Log.info("byte " + span.getByte(8));
    }

    @NoInline
    private static void write(long address) {
        new Address(address).putLong(0, 0);
    }

    @KernelTest(panic = "store page fault, address 0x4560")
    static void wildStore() {
        write(0x4560);
    }

    @KernelTest(panic = "store page fault, address 0xfffffff")
    static void codeCannotBeWritten() {
        write(Symbols.addressOf("__text_start"));
    }

    @KernelTest(panic = "store page fault, address 0xfffffff")
    static void constantsCannotBeWritten() {
        write(Symbols.addressOf("__rodata_start"));
    }

    @KernelTest(panic = "instruction page fault, address 0xfffffff")
    static void dataCannotBeExecuted() {
        Jump.to(Symbols.addressOf("__data_start"));
    }

    @NoInline
    private static int recurse(int depth) {
        return depth + recurse(depth * 3) * recurse(depth + 1);
    }

    @KernelTest(panic = "stack overflow", console = {
        "at PanicVmTest.recurse(PanicVmTest.java:",
        " more frames",
        "at PanicVmTest.endlessRecursion(PanicVmTest.java:",
    })
    static void endlessRecursion() {
        Check.equal(0, recurse(1));
    }

    @NoInline
    private static void inner() {
        throw new IllegalStateException("inside");
    }

    @NoInline
    private static void outer() {
        inner();
        zero++;
    }

    @KernelTest(panic = "inside", console = {
        "  at PanicVmTest.inner(PanicVmTest.java:",
        "  at PanicVmTest.outer(PanicVmTest.java:",
        "  at PanicVmTest.everyCallerIsNamed(PanicVmTest.java:",
    })
    static void everyCallerIsNamed() {
        outer();
        zero++;
    }
}

package k23.tests.vm;

import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Register;

/** What Java cannot say: calls of addresses. */
final class Jump {
    private Jump() {}

    @Template("k23_test_jump")
    static void jump(Assembler a) {
        a.jr(Register.A0);
    }

    /** Executes what lies at {@code address}. */
    @Symbol("k23_test_jump")
    static native void to(long address);
}

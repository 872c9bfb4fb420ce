package k23.codegen.compiler;

import java.util.List;
import k23.codegen.asm.TemplateAssembler;
import k23.codegen.link.Definition;
import k23.sdk.TestDevice;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;
import k23.sdk.riscv.Csr;

/**
 * The trap vector that a payload starts with, until it sets one of its own: it says what trapped
 * and where, by {@link k23.sdk.trace.PayloadPanic}, on a stack of its own.
 */
final class EntryTraps {
    /** The symbol of the vector. */
    static final String VECTOR = "k23_entry_trap";
    /** The symbol of the method behind it. */
    static final String REPORT = "k23.sdk.trace.PayloadPanic.report";

    private static final String STATE = "k23.entry_trap_state";
    /** In the state: how many traps there were, the block of the first one's hart, the stack. */
    private static final int OWNER = 8;
    private static final int STACK_END = 16 << 10;
    private static final int NESTED_STATUS = 133;

    private EntryTraps() {}

    static List<Definition> definitions() {
        TemplateAssembler a = new TemplateAssembler(VECTOR);
        Label another = a.label("another");
        Label nested = a.label("nested");
        a.la(Register.T0, STATE);
        a.li(Register.T1, 1);
        a.amoaddD(Register.T1, Register.T1, Register.T0);
        a.bnez(Register.T1, another);
        a.sd(Register.TP, OWNER, Register.T0);
        a.csrr(Register.A0, Csr.SCAUSE);
        a.csrr(Register.A1, Csr.SEPC);
        a.csrr(Register.A2, Csr.STVAL);
        a.mv(Register.A3, Register.S0);
        a.mv(Register.A4, Register.RA);
        a.li(Register.T1, STACK_END);
        a.add(Register.SP, Register.T0, Register.T1);
        a.call(REPORT);
        a.bind(another);
        a.ld(Register.T1, OWNER, Register.T0);
        a.beq(Register.T1, Register.TP, nested);
        Label wait = a.here();
        a.wfi();
        a.j(wait);
        // The report itself trapped: the machine ends without further words.
        a.bind(nested);
        TestDevice.end(a, NESTED_STATUS);
        return List.of(a.finish(), Definition.zero(STATE, STACK_END).alignment(16).build());
    }
}

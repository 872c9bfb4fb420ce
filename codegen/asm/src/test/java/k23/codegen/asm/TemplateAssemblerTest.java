package k23.codegen.asm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Consumer;
import k23.codegen.link.Definition;
import k23.codegen.link.SourceRange;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;
import org.junit.jupiter.api.Test;

/** Constants, source lines and errors; the encodings are compared with GNU as elsewhere. */
class TemplateAssemblerTest {
    /** What lui, addi, addiw and slli leave in a register. */
    private static long execute(byte[] code) {
        long value = 0;
        for (int at = 0; at < code.length; at += 4) {
            int word = code[at] & 0xff | (code[at + 1] & 0xff) << 8 | (code[at + 2] & 0xff) << 16
                    | code[at + 3] << 24;
            long source = (word >> 15 & 31) == 0 ? 0 : value;
            value = switch (word & 0x707f) {
                case 0x0013 -> source + (word >> 20);
                case 0x001b -> (int) (source + (word >> 20));
                case 0x1013 -> source << (word >> 20 & 63);
                default -> {
                    assertEquals(0x37, word & 0x7f, "lui");
                    yield word & 0xfffff000;
                }
            };
        }
        return value;
    }

    private static byte[] constant(long value) {
        var assembler = new TemplateAssembler("t");
        assembler.li(Register.A0, value);
        return assembler.finish().bytes();
    }

    @Test
    void constantsOfEveryWidth() {
        var random = new Random(5);
        for (int shift = 0; shift < 64; shift++) {
            for (int i = 0; i < 200; i++) {
                long value = i < 3 ? (1L << shift) + i - 1 : i < 6 ? (-1L << shift) + i - 4
                        : random.nextLong() >> shift;
                assertEquals(value, execute(constant(value)), () -> Long.toHexString(value));
                assertTrue(constant(value).length <= 32, "at most eight instructions");
            }
        }
        for (long value : new long[] {0, 2047, 2048, -2048, -2049, 0x7ffff7ff, 0x7ffff800,
            0x7fffffff, Integer.MIN_VALUE, 0x80000000L, 0xffffffffL, Long.MIN_VALUE,
            Long.MAX_VALUE}) {
            assertEquals(value, execute(constant(value)));
        }
        assertEquals(4, constant(0x12345000).length);
        assertEquals(8, constant(0x80200000L).length);
    }

    @Test
    void instructionsCarryTheTemplatesLine() {
        var assembler = new TemplateAssembler("t");
        assembler.li(Register.A0, 0x12345678);
        assembler.ret();
        Definition definition = assembler.finish();
        assertEquals(2, definition.ranges().size());
        SourceRange first = definition.ranges().getFirst();
        assertEquals("TemplateAssemblerTest.java", first.location().file());
        assertEquals("TemplateAssemblerTest.instructionsCarryTheTemplatesLine",
                first.location().method());
        assertEquals(first.location().line() + 1,
                definition.ranges().getLast().location().line());
        assertEquals("IntrinsicStubs.csrRead", IntrinsicStubs.csrRead(0x100).ranges().getFirst()
                .location().method());
    }

    private static AssemblyException failure(int code, Consumer<Assembler> template) {
        var assembler = new TemplateAssembler("broken");
        var failure = assertThrows(AssemblyException.class, () -> {
            template.accept(assembler);
            assembler.finish();
        });
        assertEquals(code, failure.code(), failure.getMessage());
        assertTrue(failure.getMessage().matches(
                "K23-\\d{4}: TemplateAssemblerTest.java:\\d+: .*"), failure.getMessage());
        return failure;
    }

    @Test
    void operandsAreChecked() {
        failure(AssemblyException.OPERAND_RANGE, a -> a.addi(Register.A0, Register.A0, 2048));
        failure(AssemblyException.OPERAND_RANGE, a -> a.ld(Register.A0, -2049, Register.A0));
        failure(AssemblyException.OPERAND_RANGE, a -> a.slli(Register.A0, Register.A0, 64));
        failure(AssemblyException.OPERAND_RANGE, a -> a.sraiw(Register.A0, Register.A0, 32));
        failure(AssemblyException.OPERAND_RANGE, a -> a.csrr(Register.A0, 0x1000));
        failure(AssemblyException.OPERAND_RANGE, a -> a.csrwi(0x100, 32));
        failure(AssemblyException.OPERAND_RANGE, a -> a.lui(Register.A0, 0x100000));
        failure(AssemblyException.OPERAND_RANGE, a -> a.align(3));
        failure(AssemblyException.OPERAND_RANGE, a -> a.ascii("é"));
        failure(AssemblyException.OPERAND_RANGE, a -> {
            a.nop();
            a.padTo(2);
        });
    }

    @Test
    void labelsAreChecked() {
        failure(AssemblyException.BAD_LABEL, a -> a.j(a.label("nowhere")));
        failure(AssemblyException.BAD_LABEL, a -> a.bind(a.here()));
        failure(AssemblyException.BRANCH_RANGE, a -> {
            Label far = a.label("far");
            a.beqz(Register.A0, far);
            a.zero(4096);
            a.bind(far);
        });
        failure(AssemblyException.BRANCH_RANGE, a -> {
            Label back = a.here();
            a.zero(1 << 20);
            a.zero(4);
            a.j(back);
        });
    }
}

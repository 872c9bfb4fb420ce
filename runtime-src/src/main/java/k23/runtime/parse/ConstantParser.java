package k23.runtime.parse;

import k23.runtime.module.ConstantExpression;
import k23.runtime.module.ConstantKind;
import k23.runtime.module.Features;

/** Reads constant expressions: where they end, and what they give when that is simple. */
final class ConstantParser {
    /** A constant and its {@code end}. */
    private static final int SIMPLE_LENGTH = 2;

    private final BinaryReader in;
    private final ExpressionScanner scanner;

    ConstantParser(BinaryReader in, Features features) {
        this.in = in;
        scanner = new ExpressionScanner(features);
    }

    /** The next expression. */
    ConstantExpression read() {
        int start = in.position();
        ConstantKind kind = ConstantKind.COMPUTED;
        long bits = 0;
        scanner.begin();
        boolean more = scanner.next(in);
        if (more) {
            kind = kind(scanner.instruction());
            bits = bits(scanner.instruction());
        }
        while (more) {
            more = scanner.next(in);
        }
        if (scanner.length() != SIMPLE_LENGTH || kind == ConstantKind.COMPUTED) {
            return new ConstantExpression(ConstantKind.COMPUTED, 0, start, in.position());
        }
        return new ConstantExpression(kind, bits, start, in.position());
    }

    private static ConstantKind kind(Instruction instruction) {
        return switch (instruction.opcode()) {
            case Opcode.I32_CONST -> ConstantKind.I32;
            case Opcode.I64_CONST -> ConstantKind.I64;
            case Opcode.F32_CONST -> ConstantKind.F32;
            case Opcode.F64_CONST -> ConstantKind.F64;
            case Opcode.REF_NULL -> ConstantKind.REF_NULL;
            case Opcode.REF_FUNC -> ConstantKind.REF_FUNC;
            case Opcode.GLOBAL_GET -> ConstantKind.GLOBAL;
            default -> ConstantKind.COMPUTED;
        };
    }

    private static long bits(Instruction instruction) {
        return switch (instruction.opcode()) {
            case Opcode.I32_CONST -> instruction.bits() & 0xffff_ffffL;
            case Opcode.REF_FUNC, Opcode.GLOBAL_GET -> instruction.index() & 0xffff_ffffL;
            case Opcode.REF_NULL -> 0;
            default -> instruction.bits();
        };
    }
}

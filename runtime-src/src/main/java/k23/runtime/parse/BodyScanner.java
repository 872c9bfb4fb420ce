package k23.runtime.parse;

import k23.runtime.module.Body;
import k23.runtime.module.ErrorCode;
import k23.runtime.module.Failure;
import k23.runtime.module.FunctionType;
import k23.runtime.module.Module;

/**
 * Looks for malformed code without types. Decoding comes before validation in the specification:
 * a module with an invalid and, behind it, a malformed part is malformed.
 */
public final class BodyScanner {
    private BodyScanner() {}

    /** The first thing malformed in any body, or {@link Failure#NONE}. */
    public static Failure scan(Module module) {
        return scan(module, module.bodyCount());
    }

    /** The first thing malformed in the first bodies, or {@link Failure#NONE}. */
    static Failure scan(Module module, int bodies) {
        var scanner = new ExpressionScanner(module.features());
        var locals = new LocalTypes();
        for (int i = 0; i < bodies; i++) {
            Body body = module.body(module.importedFunctionCount() + i);
            var in = new BinaryReader(module.bytes(), module.start(), module.end());
            in.position(body.start());
            locals.read(in, FunctionType.EMPTY, module.features());
            scanner.begin();
            while (scanner.next(in)) {
                checkDataCount(in, scanner.instruction(), module);
            }
            if (in.position() != body.end()) {
                in.fail(ErrorCode.SECTION_SIZE, in.position());
            }
            if (in.failed()) {
                return in.failure();
            }
        }
        return Failure.NONE;
    }

    /** Code that names data segments is malformed without a data count section. */
    private static void checkDataCount(BinaryReader in, Instruction instruction, Module module) {
        int opcode = instruction.opcode();
        if ((opcode == Opcode.MEMORY_INIT || opcode == Opcode.DATA_DROP)
                && !module.hasDataCount()) {
            in.fail(ErrorCode.DATA_COUNT_REQUIRED, instruction.position());
        }
    }
}

package k23.codegen.compiler.intrinsic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Activation;
import k23.codegen.compiler.translate.FunctionCode;
import k23.codegen.compiler.translate.Operand;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Signature;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;

/**
 * The SDK's intrinsics. What Cranelift has no instruction for, and every access to a device, is a
 * call of a stub: a call is opaque, so nothing is merged, dropped or moved across it (I1).
 */
final class MachineIntrinsics {
    private static final String RAW = "k23/sdk/memory/RawMemory.";
    private static final String DEVICE = "k23/sdk/memory/DeviceMemory.";
    private static final String CSR = "k23/sdk/riscv/Csr.";
    private static final String HART = "k23/sdk/riscv/Hart.";

    private MachineIntrinsics() {}

    static void addTo(Map<String, Emitter> table) {
        addRawMemory(table);
        addDeviceMemory(table);
        addRegisters(table);
        table.put("k23/sdk/riscv/Sbi.call(JJJJJ)Lk23/sdk/riscv/SbiResult;",
                (a, args) -> a.code().operand(result(a), stub(a, "k23.sbi.call",
                        List.of(Type.I64, Type.I64), args).iterator()));
        table.put("k23/sdk/Symbols.addressOf(Ljava/lang/String;)J", (a, args) -> {
            if (args.getFirst() instanceof Reference name && name.host() instanceof String text) {
                return Word.ofLong(a.f().symbolAddress(text));
            }
            throw new Refusal(Problem.NOT_CONSTANT, "name of a symbol");
        });
    }

    private static RecordType result(Activation a) {
        return (RecordType) a.type("Lk23/sdk/riscv/SbiResult;");
    }

    private static Value word(Activation a, Operand operand) {
        return a.code().value(operand);
    }

    private static MemoryFlags flags(Activation a) {
        return MemoryFlags.DEFAULT.aligned().trap(a.code().trapCode(TrapKind.NULL));
    }

    private static void addRawMemory(Map<String, Emitter> table) {
        table.put(RAW + "loadByte(J)B", (a, args) -> Word.ofInt(
                a.f().sload8(Type.I64, flags(a), word(a, args.get(0)), 0)));
        table.put(RAW + "loadShort(J)S", (a, args) -> Word.ofInt(
                a.f().sload16(Type.I64, flags(a), word(a, args.get(0)), 0)));
        table.put(RAW + "loadInt(J)I", (a, args) -> Word.ofInt(
                a.f().sload32(flags(a), word(a, args.get(0)), 0)));
        table.put(RAW + "loadLong(J)J", (a, args) -> Word.ofLong(
                a.f().load(Type.I64, flags(a), word(a, args.get(0)), 0)));
        table.put(RAW + "storeByte(JB)V", (a, args) -> {
            a.f().istore8(flags(a), word(a, args.get(1)), word(a, args.get(0)), 0);
            return null;
        });
        table.put(RAW + "storeShort(JS)V", (a, args) -> {
            a.f().istore16(flags(a), word(a, args.get(1)), word(a, args.get(0)), 0);
            return null;
        });
        table.put(RAW + "storeInt(JI)V", (a, args) -> {
            a.f().istore32(flags(a), word(a, args.get(1)), word(a, args.get(0)), 0);
            return null;
        });
        table.put(RAW + "storeLong(JJ)V", (a, args) -> {
            a.f().store(flags(a), word(a, args.get(1)), word(a, args.get(0)), 0);
            return null;
        });
    }

    private static void addDeviceMemory(Map<String, Emitter> table) {
        table.put(DEVICE + "read8(J)I", call("k23.mmio.read.1", Type.I32));
        table.put(DEVICE + "read32(J)I", call("k23.mmio.read.4", Type.I32));
        table.put(DEVICE + "read64(J)J", call("k23.mmio.read.8", Type.I64));
        table.put(DEVICE + "write8(JI)V", call("k23.mmio.write.1", Type.NONE));
        table.put(DEVICE + "write32(JI)V", call("k23.mmio.write.4", Type.NONE));
        table.put(DEVICE + "write64(JJ)V", call("k23.mmio.write.8", Type.NONE));
    }

    private static void addRegisters(Map<String, Emitter> table) {
        table.put(CSR + "read(I)J", (a, args) -> csr(a, "read", args, Type.I64));
        table.put(CSR + "write(IJ)V", (a, args) -> csr(a, "write", args, Type.NONE));
        table.put(CSR + "set(IJ)J", (a, args) -> csr(a, "set", args, Type.I64));
        table.put(CSR + "clear(IJ)J", (a, args) -> csr(a, "clear", args, Type.I64));
        table.put(HART + "threadPointer()J", call("k23.tp.read", Type.I64));
        table.put(HART + "setThreadPointer(J)V", call("k23.tp.write", Type.NONE));
        table.put(HART + "framePointer()J", (a, args) -> Word.ofLong(a.f().getFramePointer()));
        table.put(HART + "waitForInterrupt()V", call("k23.wfi", Type.NONE));
        table.put(HART + "fence()V", call("k23.fence", Type.NONE));
        table.put(HART + "fenceInstructions()V", call("k23.fence.i", Type.NONE));
        table.put(HART + "fenceTranslations()V", call("k23.sfence.vma", Type.NONE));
    }

    private static Operand csr(Activation a, String operation, List<Operand> args, Type result) {
        if (!(args.getFirst() instanceof Word number) || !number.isConstant()) {
            throw new Refusal(Problem.NOT_CONSTANT, "number of the CSR");
        }
        String name = "k23.csr." + operation + "." + Long.toHexString(number.bits());
        return call(name, result).emit(a, args.subList(1, args.size()));
    }

    /** The hint that this hart waits for another one. */
    static Emitter pause() {
        return call("k23.pause", Type.NONE);
    }

    private static Emitter call(String symbol, Type result) {
        return (a, args) -> {
            List<Type> results = result == Type.NONE ? List.of() : List.of(Type.I64);
            List<Value> values = stub(a, symbol, results, args);
            // The stubs' instructions leave an int sign-extended.
            return values.isEmpty() ? null : new Word(result, values.getFirst(), 0);
        };
    }

    private static List<Value> stub(Activation a, String symbol, List<Type> results,
            List<Operand> args) {
        FunctionCode code = a.code();
        List<Value> values = new ArrayList<>(args.size());
        List<Type> types = new ArrayList<>(args.size());
        for (Operand argument : args) {
            Value value = code.value(argument);
            values.add(value);
            types.add(value.type());
        }
        Signature signature = Signature.of(types, results);
        return code.f().call(code.f().declareFunction(symbol, signature), values);
    }
}

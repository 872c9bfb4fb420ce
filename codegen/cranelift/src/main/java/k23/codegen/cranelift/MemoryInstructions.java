package k23.codegen.cranelift;

import java.util.HashMap;
import java.util.Map;
import k23.codegen.cranelift.FunctionDescription.Directive;

/**
 * Loads, stores, stack slots, symbols, and atomics. Addresses are {@link Type#I64}; offsets are in
 * bytes and signed; memory is little-endian.
 */
public abstract sealed class MemoryInstructions extends FloatInstructions permits FunctionBuilder {
    private final Map<String, SymbolReference> symbolReferences = new HashMap<>();
    private int stackSlots;

    MemoryInstructions(String name, Signature signature) {
        super(name, signature);
    }

    /** Loads a value of the type's own width. */
    public final Value load(Type type, MemoryFlags flags, Value address, int offset) {
        if (type == Type.NONE) {
            throw new IllegalArgumentException("load of no type");
        }
        return load(Opcode.LOAD, type, flags, address, offset, type);
    }

    /** Loads 8 bits and widens them with zeros. */
    public final Value uload8(Type to, MemoryFlags flags, Value address, int offset) {
        return narrowLoad(Opcode.ULOAD8, Type.I8, to, flags, address, offset);
    }

    /** Loads 8 bits and widens them with copies of the sign. */
    public final Value sload8(Type to, MemoryFlags flags, Value address, int offset) {
        return narrowLoad(Opcode.SLOAD8, Type.I8, to, flags, address, offset);
    }

    /** Loads 16 bits and widens them with zeros. */
    public final Value uload16(Type to, MemoryFlags flags, Value address, int offset) {
        return narrowLoad(Opcode.ULOAD16, Type.I16, to, flags, address, offset);
    }

    /** Loads 16 bits and widens them with copies of the sign. */
    public final Value sload16(Type to, MemoryFlags flags, Value address, int offset) {
        return narrowLoad(Opcode.SLOAD16, Type.I16, to, flags, address, offset);
    }

    /** Loads 32 bits and widens them with zeros to {@link Type#I64}. */
    public final Value uload32(MemoryFlags flags, Value address, int offset) {
        return load(Opcode.ULOAD32, Type.NONE, flags, address, offset, Type.I64);
    }

    /** Loads 32 bits and widens them with copies of the sign to {@link Type#I64}. */
    public final Value sload32(MemoryFlags flags, Value address, int offset) {
        return load(Opcode.SLOAD32, Type.NONE, flags, address, offset, Type.I64);
    }

    /** Stores a value in its type's own width. */
    public final void store(MemoryFlags flags, Value x, Value address, int offset) {
        store(Opcode.STORE, flags, x, address, offset);
    }

    /** Stores the low 8 bits of a wider integer. */
    public final void istore8(MemoryFlags flags, Value x, Value address, int offset) {
        narrowStore(Opcode.ISTORE8, Type.I8, flags, x, address, offset);
    }

    /** Stores the low 16 bits of a wider integer. */
    public final void istore16(MemoryFlags flags, Value x, Value address, int offset) {
        narrowStore(Opcode.ISTORE16, Type.I16, flags, x, address, offset);
    }

    /** Stores the low 32 bits of a wider integer. */
    public final void istore32(MemoryFlags flags, Value x, Value address, int offset) {
        narrowStore(Opcode.ISTORE32, Type.I32, flags, x, address, offset);
    }

    /** Makes room in the frame; content undefined. {@code align} is a power of two up to 16. */
    public final StackSlot createStackSlot(int bytes, int align) {
        if (bytes < 0 || align < 1 || align > 16 || Integer.bitCount(align) != 1) {
            throw new IllegalArgumentException("stack slot of " + bytes
                    + " bytes, aligned to " + align);
        }
        directive(Directive.STACK_SLOT, Integer.numberOfTrailingZeros(align));
        word(bytes);
        return new StackSlot(stackSlots++, bytes, align);
    }

    /** The address of a place in a stack slot. */
    public final Value stackAddress(StackSlot slot, int offset) {
        instruction(Opcode.STACK_ADDR, Type.I64, 0);
        slot(slot, offset, 0);
        return newValue(Type.I64);
    }

    /** Loads from a stack slot. */
    public final Value stackLoad(Type type, StackSlot slot, int offset) {
        instruction(Opcode.STACK_LOAD, type, 0);
        slot(slot, offset, type.bytes());
        return newValue(type);
    }

    /** Stores to a stack slot. */
    public final void stackStore(Value x, StackSlot slot, int offset) {
        instruction(Opcode.STACK_STORE, Type.NONE, 0);
        value(x);
        slot(slot, offset, x.type().bytes());
    }

    /** Names a symbol whose address is needed; the same name gives the same reference. */
    public final SymbolReference declareSymbol(String symbol) {
        SymbolReference known = symbolReferences.get(symbol);
        if (known != null) {
            return known;
        }
        directive(Directive.SYMBOL, 0);
        word(symbol(symbol));
        var reference = new SymbolReference(symbolReferences.size(), symbol);
        symbolReferences.put(symbol, reference);
        return reference;
    }

    /** The address of a symbol. Add offsets with {@link #iaddImm}. */
    public final Value symbolAddress(SymbolReference symbol) {
        instruction(Opcode.SYMBOL_VALUE, Type.I64, 0);
        word(symbol.index());
        return newValue(Type.I64);
    }

    /** The address of a symbol by name. */
    public final Value symbolAddress(String symbol) {
        return symbolAddress(declareSymbol(symbol));
    }

    /** Loads, sequentially consistent; 8 to 64 bits, aligned. */
    public final Value atomicLoad(Type type, MemoryFlags flags, Value address) {
        atomic(Opcode.ATOMIC_LOAD, type, address);
        instruction(Opcode.ATOMIC_LOAD, type, flags.bits());
        value(address);
        return newValue(type);
    }

    /** Stores, sequentially consistent; 8 to 64 bits, aligned. */
    public final void atomicStore(MemoryFlags flags, Value x, Value address) {
        atomic(Opcode.ATOMIC_STORE, x.type(), address);
        instruction(Opcode.ATOMIC_STORE, Type.NONE, flags.bits());
        value(x);
        value(address);
    }

    /** Changes memory at once, sequentially consistent; the result is what was there. */
    public final Value atomicRmw(AtomicOperation operation, MemoryFlags flags, Value address,
                                 Value x) {
        atomic(Opcode.ATOMIC_RMW, x.type(), address);
        instruction(Opcode.ATOMIC_RMW, x.type(), flags.bits());
        word(operation.code());
        value(address);
        value(x);
        return newValue(x.type());
    }

    /**
     * Stores {@code x} where {@code expected} was, sequentially consistent; gives what was there.
     */
    public final Value atomicCas(MemoryFlags flags, Value address, Value expected, Value x) {
        atomic(Opcode.ATOMIC_CAS, x.type(), address);
        sameType(Opcode.ATOMIC_CAS, expected, x);
        instruction(Opcode.ATOMIC_CAS, x.type(), flags.bits());
        value(address);
        value(expected);
        value(x);
        return newValue(x.type());
    }

    /** {@code fence iorw, iorw}: nothing moves across it, device accesses included. */
    public final void fence() {
        instruction(Opcode.FENCE, Type.NONE, 0);
    }

    private Value narrowLoad(Opcode opcode, Type narrow, Type to, MemoryFlags flags, Value address,
                             int offset) {
        if (!to.isInteger() || to.bits() <= narrow.bits()) {
            throw new IllegalArgumentException(opcode.clifName() + " to " + to.clifName());
        }
        return load(opcode, to, flags, address, offset, to);
    }

    private Value load(Opcode opcode, Type type, MemoryFlags flags, Value address, int offset,
                       Type result) {
        type(opcode, address, Type.I64);
        instruction(opcode, type, flags.bits());
        value(address);
        word(offset);
        return newValue(result);
    }

    private void narrowStore(Opcode opcode, Type narrow, MemoryFlags flags, Value x, Value address,
                             int offset) {
        integer(opcode, x);
        if (x.type().bits() <= narrow.bits()) {
            throw new IllegalArgumentException(opcode.clifName() + " of " + x);
        }
        store(opcode, flags, x, address, offset);
    }

    private void store(Opcode opcode, MemoryFlags flags, Value x, Value address, int offset) {
        type(opcode, address, Type.I64);
        instruction(opcode, Type.NONE, flags.bits());
        value(x);
        value(address);
        word(offset);
    }

    private void atomic(Opcode opcode, Type type, Value address) {
        type(opcode, address, Type.I64);
        if (!type.isInteger() || type == Type.I128) {
            throw new IllegalArgumentException(opcode.clifName() + " of " + type.clifName());
        }
    }

    private void slot(StackSlot slot, int offset, int bytes) {
        if (offset < 0 || offset > slot.bytes() - bytes) {
            throw new IllegalArgumentException("offset " + offset + " with " + bytes
                    + " bytes is outside " + slot);
        }
        word(slot.index());
        word(offset);
    }
}

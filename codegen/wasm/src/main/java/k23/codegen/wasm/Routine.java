package k23.codegen.wasm;

import java.util.List;
import k23.codegen.cranelift.Signature;
import k23.codegen.cranelift.Type;

/** Routines that translated code calls and that every program which needs them contains. */
enum Routine {
    /** {@code (to, from, bytes)}: copies, also between ranges that overlap. */
    COPY("k23.copy", List.of(Type.I64, Type.I64, Type.I64), List.of()),
    /** {@code (to, byte, bytes)}: fills with the low 8 bits. */
    FILL("k23.fill", List.of(Type.I64, Type.I64, Type.I64), List.of()),
    /** {@code (to, element, count)}: fills part of a table. */
    FILL_ELEMENTS("k23.fill_elements", List.of(Type.I64, Type.I64, Type.I64), List.of()),
    /** {@code (memory, pages)}: the kernel grows it; the size before, or -1. */
    GROW_MEMORY("k23.grow_memory", List.of(Type.I64, Type.I64), List.of(Type.I64)),
    /** {@code (table, elements)}: the kernel grows it, by nulls; the size before, or -1. */
    GROW_TABLE("k23.grow_table", List.of(Type.I64, Type.I64), List.of(Type.I64)),
    /** {@code (status)}: the program is over. */
    EXIT("k23.exit", List.of(Type.I64), List.of());

    private final String symbol;
    private final Signature signature;

    Routine(String symbol, List<Type> parameters, List<Type> results) {
        this.symbol = symbol;
        this.signature = Signature.of(parameters, results);
    }

    /** The linker's name of it. */
    String symbol() {
        return symbol;
    }

    /** How it is called. */
    Signature signature() {
        return signature;
    }
}

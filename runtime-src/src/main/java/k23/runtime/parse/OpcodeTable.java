package k23.runtime.parse;

import k23.runtime.module.Features;

/**
 * The table of the instructions. Signatures are written as operands, a colon, results: {@code i}
 * i32, {@code l} i64, {@code f} f32, {@code d} f64, {@code a} an address of the instruction's
 * memory; {@code *} is a typing rule that needs more than this.
 */
final class OpcodeTable {
    private final byte[] immediates = new byte[Opcode.COUNT];
    private final int[] signatures = new int[Opcode.COUNT];
    private final byte[] alignments = new byte[Opcode.COUNT];
    private final int[] features = new int[Opcode.COUNT];
    private final String[] texts = new String[Opcode.COUNT];
    private int feature;

    private OpcodeTable() {
        for (int i = 0; i < Opcode.COUNT; i++) {
            texts[i] = "illegal";
        }
        control();
        variables();
        memory();
        comparisons();
        integers();
        floats();
        conversions();
        references();
        bulk();
    }

    static byte[] immediates() {
        return new OpcodeTable().immediates;
    }

    static int[] signatures() {
        return new OpcodeTable().signatures;
    }

    static byte[] alignments() {
        return new OpcodeTable().alignments;
    }

    static int[] features() {
        return new OpcodeTable().features;
    }

    static String[] texts() {
        return new OpcodeTable().texts;
    }

    private void define(int opcode, String text, int immediate, String signature) {
        texts[opcode] = text;
        immediates[opcode] = (byte) immediate;
        signatures[opcode] = Signature.of(signature);
        features[opcode] = feature;
    }

    private void define(int opcode, String text, String signature) {
        define(opcode, text, Immediate.NONE, signature);
    }

    private void access(int opcode, String text, String signature, int alignment) {
        define(opcode, text, Immediate.ACCESS, signature);
        alignments[opcode] = (byte) alignment;
    }

    private void control() {
        define(Opcode.UNREACHABLE, "unreachable", "*");
        define(Opcode.NOP, "nop", ":");
        define(Opcode.BLOCK, "block", Immediate.BLOCK, "*");
        define(Opcode.LOOP, "loop", Immediate.BLOCK, "*");
        define(Opcode.IF, "if", Immediate.BLOCK, "*");
        define(Opcode.ELSE, "else", "*");
        define(Opcode.END, "end", "*");
        define(Opcode.BR, "br", Immediate.INDEX, "*");
        define(Opcode.BR_IF, "br_if", Immediate.INDEX, "*");
        define(Opcode.BR_TABLE, "br_table", Immediate.LABELS, "*");
        define(Opcode.RETURN, "return", "*");
        define(Opcode.CALL, "call", Immediate.INDEX, "*");
        define(Opcode.CALL_INDIRECT, "call_indirect", Immediate.TYPE_TABLE, "*");
        feature = Features.TAIL_CALL;
        define(Opcode.RETURN_CALL, "return_call", Immediate.INDEX, "*");
        define(Opcode.RETURN_CALL_INDIRECT, "return_call_indirect", Immediate.TYPE_TABLE, "*");
        feature = 0;
        define(Opcode.DROP, "drop", "*");
        define(Opcode.SELECT, "select", "*");
        feature = Features.REFERENCE_TYPES;
        define(Opcode.SELECT_T, "select t", Immediate.TYPES, "*");
        feature = 0;
    }

    private void variables() {
        define(Opcode.LOCAL_GET, "local.get", Immediate.INDEX, "*");
        define(Opcode.LOCAL_SET, "local.set", Immediate.INDEX, "*");
        define(Opcode.LOCAL_TEE, "local.tee", Immediate.INDEX, "*");
        define(Opcode.GLOBAL_GET, "global.get", Immediate.INDEX, "*");
        define(Opcode.GLOBAL_SET, "global.set", Immediate.INDEX, "*");
        feature = Features.REFERENCE_TYPES;
        define(Opcode.TABLE_GET, "table.get", Immediate.INDEX, "*");
        define(Opcode.TABLE_SET, "table.set", Immediate.INDEX, "*");
        feature = 0;
    }

    private void memory() {
        access(Opcode.I32_LOAD, "i32.load", "a:i", 2);
        access(Opcode.I64_LOAD, "i64.load", "a:l", 3);
        access(Opcode.F32_LOAD, "f32.load", "a:f", 2);
        access(Opcode.F64_LOAD, "f64.load", "a:d", 3);
        access(Opcode.I32_LOAD8_S, "i32.load8_s", "a:i", 0);
        access(Opcode.I32_LOAD8_U, "i32.load8_u", "a:i", 0);
        access(Opcode.I32_LOAD16_S, "i32.load16_s", "a:i", 1);
        access(Opcode.I32_LOAD16_U, "i32.load16_u", "a:i", 1);
        access(Opcode.I64_LOAD8_S, "i64.load8_s", "a:l", 0);
        access(Opcode.I64_LOAD8_U, "i64.load8_u", "a:l", 0);
        access(Opcode.I64_LOAD16_S, "i64.load16_s", "a:l", 1);
        access(Opcode.I64_LOAD16_U, "i64.load16_u", "a:l", 1);
        access(Opcode.I64_LOAD32_S, "i64.load32_s", "a:l", 2);
        access(Opcode.I64_LOAD32_U, "i64.load32_u", "a:l", 2);
        access(Opcode.I32_STORE, "i32.store", "ai:", 2);
        access(Opcode.I64_STORE, "i64.store", "al:", 3);
        access(Opcode.F32_STORE, "f32.store", "af:", 2);
        access(Opcode.F64_STORE, "f64.store", "ad:", 3);
        access(Opcode.I32_STORE8, "i32.store8", "ai:", 0);
        access(Opcode.I32_STORE16, "i32.store16", "ai:", 1);
        access(Opcode.I64_STORE8, "i64.store8", "al:", 0);
        access(Opcode.I64_STORE16, "i64.store16", "al:", 1);
        access(Opcode.I64_STORE32, "i64.store32", "al:", 2);
        define(Opcode.MEMORY_SIZE, "memory.size", Immediate.MEMORY, ":a");
        define(Opcode.MEMORY_GROW, "memory.grow", Immediate.MEMORY, "a:a");
        define(Opcode.I32_CONST, "i32.const", Immediate.I32, ":i");
        define(Opcode.I64_CONST, "i64.const", Immediate.I64, ":l");
        define(Opcode.F32_CONST, "f32.const", Immediate.F32, ":f");
        define(Opcode.F64_CONST, "f64.const", Immediate.F64, ":d");
    }

    private void comparisons() {
        define(Opcode.I32_EQZ, "i32.eqz", "i:i");
        define(Opcode.I32_EQ, "i32.eq", "ii:i");
        define(Opcode.I32_NE, "i32.ne", "ii:i");
        define(Opcode.I32_LT_S, "i32.lt_s", "ii:i");
        define(Opcode.I32_LT_U, "i32.lt_u", "ii:i");
        define(Opcode.I32_GT_S, "i32.gt_s", "ii:i");
        define(Opcode.I32_GT_U, "i32.gt_u", "ii:i");
        define(Opcode.I32_LE_S, "i32.le_s", "ii:i");
        define(Opcode.I32_LE_U, "i32.le_u", "ii:i");
        define(Opcode.I32_GE_S, "i32.ge_s", "ii:i");
        define(Opcode.I32_GE_U, "i32.ge_u", "ii:i");
        define(Opcode.I64_EQZ, "i64.eqz", "l:i");
        define(Opcode.I64_EQ, "i64.eq", "ll:i");
        define(Opcode.I64_NE, "i64.ne", "ll:i");
        define(Opcode.I64_LT_S, "i64.lt_s", "ll:i");
        define(Opcode.I64_LT_U, "i64.lt_u", "ll:i");
        define(Opcode.I64_GT_S, "i64.gt_s", "ll:i");
        define(Opcode.I64_GT_U, "i64.gt_u", "ll:i");
        define(Opcode.I64_LE_S, "i64.le_s", "ll:i");
        define(Opcode.I64_LE_U, "i64.le_u", "ll:i");
        define(Opcode.I64_GE_S, "i64.ge_s", "ll:i");
        define(Opcode.I64_GE_U, "i64.ge_u", "ll:i");
        define(Opcode.F32_EQ, "f32.eq", "ff:i");
        define(Opcode.F32_NE, "f32.ne", "ff:i");
        define(Opcode.F32_LT, "f32.lt", "ff:i");
        define(Opcode.F32_GT, "f32.gt", "ff:i");
        define(Opcode.F32_LE, "f32.le", "ff:i");
        define(Opcode.F32_GE, "f32.ge", "ff:i");
        define(Opcode.F64_EQ, "f64.eq", "dd:i");
        define(Opcode.F64_NE, "f64.ne", "dd:i");
        define(Opcode.F64_LT, "f64.lt", "dd:i");
        define(Opcode.F64_GT, "f64.gt", "dd:i");
        define(Opcode.F64_LE, "f64.le", "dd:i");
        define(Opcode.F64_GE, "f64.ge", "dd:i");
    }

    private void integers() {
        define(Opcode.I32_CLZ, "i32.clz", "i:i");
        define(Opcode.I32_CTZ, "i32.ctz", "i:i");
        define(Opcode.I32_POPCNT, "i32.popcnt", "i:i");
        define(Opcode.I32_ADD, "i32.add", "ii:i");
        define(Opcode.I32_SUB, "i32.sub", "ii:i");
        define(Opcode.I32_MUL, "i32.mul", "ii:i");
        define(Opcode.I32_DIV_S, "i32.div_s", "ii:i");
        define(Opcode.I32_DIV_U, "i32.div_u", "ii:i");
        define(Opcode.I32_REM_S, "i32.rem_s", "ii:i");
        define(Opcode.I32_REM_U, "i32.rem_u", "ii:i");
        define(Opcode.I32_AND, "i32.and", "ii:i");
        define(Opcode.I32_OR, "i32.or", "ii:i");
        define(Opcode.I32_XOR, "i32.xor", "ii:i");
        define(Opcode.I32_SHL, "i32.shl", "ii:i");
        define(Opcode.I32_SHR_S, "i32.shr_s", "ii:i");
        define(Opcode.I32_SHR_U, "i32.shr_u", "ii:i");
        define(Opcode.I32_ROTL, "i32.rotl", "ii:i");
        define(Opcode.I32_ROTR, "i32.rotr", "ii:i");
        define(Opcode.I64_CLZ, "i64.clz", "l:l");
        define(Opcode.I64_CTZ, "i64.ctz", "l:l");
        define(Opcode.I64_POPCNT, "i64.popcnt", "l:l");
        define(Opcode.I64_ADD, "i64.add", "ll:l");
        define(Opcode.I64_SUB, "i64.sub", "ll:l");
        define(Opcode.I64_MUL, "i64.mul", "ll:l");
        define(Opcode.I64_DIV_S, "i64.div_s", "ll:l");
        define(Opcode.I64_DIV_U, "i64.div_u", "ll:l");
        define(Opcode.I64_REM_S, "i64.rem_s", "ll:l");
        define(Opcode.I64_REM_U, "i64.rem_u", "ll:l");
        define(Opcode.I64_AND, "i64.and", "ll:l");
        define(Opcode.I64_OR, "i64.or", "ll:l");
        define(Opcode.I64_XOR, "i64.xor", "ll:l");
        define(Opcode.I64_SHL, "i64.shl", "ll:l");
        define(Opcode.I64_SHR_S, "i64.shr_s", "ll:l");
        define(Opcode.I64_SHR_U, "i64.shr_u", "ll:l");
        define(Opcode.I64_ROTL, "i64.rotl", "ll:l");
        define(Opcode.I64_ROTR, "i64.rotr", "ll:l");
    }

    private void floats() {
        define(Opcode.F32_ABS, "f32.abs", "f:f");
        define(Opcode.F32_NEG, "f32.neg", "f:f");
        define(Opcode.F32_CEIL, "f32.ceil", "f:f");
        define(Opcode.F32_FLOOR, "f32.floor", "f:f");
        define(Opcode.F32_TRUNC, "f32.trunc", "f:f");
        define(Opcode.F32_NEAREST, "f32.nearest", "f:f");
        define(Opcode.F32_SQRT, "f32.sqrt", "f:f");
        define(Opcode.F32_ADD, "f32.add", "ff:f");
        define(Opcode.F32_SUB, "f32.sub", "ff:f");
        define(Opcode.F32_MUL, "f32.mul", "ff:f");
        define(Opcode.F32_DIV, "f32.div", "ff:f");
        define(Opcode.F32_MIN, "f32.min", "ff:f");
        define(Opcode.F32_MAX, "f32.max", "ff:f");
        define(Opcode.F32_COPYSIGN, "f32.copysign", "ff:f");
        define(Opcode.F64_ABS, "f64.abs", "d:d");
        define(Opcode.F64_NEG, "f64.neg", "d:d");
        define(Opcode.F64_CEIL, "f64.ceil", "d:d");
        define(Opcode.F64_FLOOR, "f64.floor", "d:d");
        define(Opcode.F64_TRUNC, "f64.trunc", "d:d");
        define(Opcode.F64_NEAREST, "f64.nearest", "d:d");
        define(Opcode.F64_SQRT, "f64.sqrt", "d:d");
        define(Opcode.F64_ADD, "f64.add", "dd:d");
        define(Opcode.F64_SUB, "f64.sub", "dd:d");
        define(Opcode.F64_MUL, "f64.mul", "dd:d");
        define(Opcode.F64_DIV, "f64.div", "dd:d");
        define(Opcode.F64_MIN, "f64.min", "dd:d");
        define(Opcode.F64_MAX, "f64.max", "dd:d");
        define(Opcode.F64_COPYSIGN, "f64.copysign", "dd:d");
    }

    private void conversions() {
        define(Opcode.I32_WRAP_I64, "i32.wrap_i64", "l:i");
        define(Opcode.I32_TRUNC_F32_S, "i32.trunc_f32_s", "f:i");
        define(Opcode.I32_TRUNC_F32_U, "i32.trunc_f32_u", "f:i");
        define(Opcode.I32_TRUNC_F64_S, "i32.trunc_f64_s", "d:i");
        define(Opcode.I32_TRUNC_F64_U, "i32.trunc_f64_u", "d:i");
        define(Opcode.I64_EXTEND_I32_S, "i64.extend_i32_s", "i:l");
        define(Opcode.I64_EXTEND_I32_U, "i64.extend_i32_u", "i:l");
        define(Opcode.I64_TRUNC_F32_S, "i64.trunc_f32_s", "f:l");
        define(Opcode.I64_TRUNC_F32_U, "i64.trunc_f32_u", "f:l");
        define(Opcode.I64_TRUNC_F64_S, "i64.trunc_f64_s", "d:l");
        define(Opcode.I64_TRUNC_F64_U, "i64.trunc_f64_u", "d:l");
        define(Opcode.F32_CONVERT_I32_S, "f32.convert_i32_s", "i:f");
        define(Opcode.F32_CONVERT_I32_U, "f32.convert_i32_u", "i:f");
        define(Opcode.F32_CONVERT_I64_S, "f32.convert_i64_s", "l:f");
        define(Opcode.F32_CONVERT_I64_U, "f32.convert_i64_u", "l:f");
        define(Opcode.F32_DEMOTE_F64, "f32.demote_f64", "d:f");
        define(Opcode.F64_CONVERT_I32_S, "f64.convert_i32_s", "i:d");
        define(Opcode.F64_CONVERT_I32_U, "f64.convert_i32_u", "i:d");
        define(Opcode.F64_CONVERT_I64_S, "f64.convert_i64_s", "l:d");
        define(Opcode.F64_CONVERT_I64_U, "f64.convert_i64_u", "l:d");
        define(Opcode.F64_PROMOTE_F32, "f64.promote_f32", "f:d");
        define(Opcode.I32_REINTERPRET_F32, "i32.reinterpret_f32", "f:i");
        define(Opcode.I64_REINTERPRET_F64, "i64.reinterpret_f64", "d:l");
        define(Opcode.F32_REINTERPRET_I32, "f32.reinterpret_i32", "i:f");
        define(Opcode.F64_REINTERPRET_I64, "f64.reinterpret_i64", "l:d");
        feature = Features.SIGN_EXTENSION;
        define(Opcode.I32_EXTEND8_S, "i32.extend8_s", "i:i");
        define(Opcode.I32_EXTEND16_S, "i32.extend16_s", "i:i");
        define(Opcode.I64_EXTEND8_S, "i64.extend8_s", "l:l");
        define(Opcode.I64_EXTEND16_S, "i64.extend16_s", "l:l");
        define(Opcode.I64_EXTEND32_S, "i64.extend32_s", "l:l");
        feature = Features.SATURATING;
        define(Opcode.I32_TRUNC_SAT_F32_S, "i32.trunc_sat_f32_s", "f:i");
        define(Opcode.I32_TRUNC_SAT_F32_U, "i32.trunc_sat_f32_u", "f:i");
        define(Opcode.I32_TRUNC_SAT_F64_S, "i32.trunc_sat_f64_s", "d:i");
        define(Opcode.I32_TRUNC_SAT_F64_U, "i32.trunc_sat_f64_u", "d:i");
        define(Opcode.I64_TRUNC_SAT_F32_S, "i64.trunc_sat_f32_s", "f:l");
        define(Opcode.I64_TRUNC_SAT_F32_U, "i64.trunc_sat_f32_u", "f:l");
        define(Opcode.I64_TRUNC_SAT_F64_S, "i64.trunc_sat_f64_s", "d:l");
        define(Opcode.I64_TRUNC_SAT_F64_U, "i64.trunc_sat_f64_u", "d:l");
        feature = 0;
    }

    private void references() {
        feature = Features.REFERENCE_TYPES;
        define(Opcode.REF_NULL, "ref.null", Immediate.REFERENCE, "*");
        define(Opcode.REF_IS_NULL, "ref.is_null", "*");
        define(Opcode.REF_FUNC, "ref.func", Immediate.INDEX, "*");
        feature = 0;
    }

    private void bulk() {
        feature = Features.BULK_MEMORY;
        define(Opcode.MEMORY_INIT, "memory.init", Immediate.DATA_MEMORY, "aii:");
        define(Opcode.DATA_DROP, "data.drop", Immediate.INDEX, "*");
        define(Opcode.MEMORY_COPY, "memory.copy", Immediate.MEMORIES, "*");
        define(Opcode.MEMORY_FILL, "memory.fill", Immediate.MEMORY, "aia:");
        define(Opcode.TABLE_INIT, "table.init", Immediate.ELEMENT_TABLE, "*");
        define(Opcode.ELEM_DROP, "elem.drop", Immediate.INDEX, "*");
        define(Opcode.TABLE_COPY, "table.copy", Immediate.TABLES, "*");
        feature = Features.REFERENCE_TYPES;
        define(Opcode.TABLE_GROW, "table.grow", Immediate.INDEX, "*");
        define(Opcode.TABLE_SIZE, "table.size", Immediate.INDEX, "*");
        define(Opcode.TABLE_FILL, "table.fill", Immediate.INDEX, "*");
        feature = 0;
    }
}

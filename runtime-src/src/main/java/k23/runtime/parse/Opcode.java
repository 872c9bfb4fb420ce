package k23.runtime.parse;

/**
 * Numbers of the instructions, and what the binary format and the typing rules say about each.
 * An instruction of one byte has that number; those behind a prefix follow in ranges of their own
 * ({@link #of}), so that tables and switches stay dense. To add one: a constant here, a line in
 * {@link OpcodeTable}, and, unless its signature says it all, a case in the validator.
 */
public final class Opcode {
    // Control (Core 2.0, section 5.4.1)

    /** {@code unreachable}. */
    public static final int UNREACHABLE = 0x00;
    /** {@code nop}. */
    public static final int NOP = 0x01;
    /** {@code block}. */
    public static final int BLOCK = 0x02;
    /** {@code loop}. */
    public static final int LOOP = 0x03;
    /** {@code if}. */
    public static final int IF = 0x04;
    /** {@code else}. */
    public static final int ELSE = 0x05;
    /** {@code end}. */
    public static final int END = 0x0b;
    /** {@code br}. */
    public static final int BR = 0x0c;
    /** {@code br_if}. */
    public static final int BR_IF = 0x0d;
    /** {@code br_table}. */
    public static final int BR_TABLE = 0x0e;
    /** {@code return}. */
    public static final int RETURN = 0x0f;
    /** {@code call}. */
    public static final int CALL = 0x10;
    /** {@code call_indirect}. */
    public static final int CALL_INDIRECT = 0x11;
    /** {@code return_call}. */
    public static final int RETURN_CALL = 0x12;
    /** {@code return_call_indirect}. */
    public static final int RETURN_CALL_INDIRECT = 0x13;

    // Parametric (section 5.4.3)

    /** {@code drop}. */
    public static final int DROP = 0x1a;
    /** {@code select}. */
    public static final int SELECT = 0x1b;
    /** {@code select t}. */
    public static final int SELECT_T = 0x1c;

    // Variables (section 5.4.4)

    /** {@code local.get}. */
    public static final int LOCAL_GET = 0x20;
    /** {@code local.set}. */
    public static final int LOCAL_SET = 0x21;
    /** {@code local.tee}. */
    public static final int LOCAL_TEE = 0x22;
    /** {@code global.get}. */
    public static final int GLOBAL_GET = 0x23;
    /** {@code global.set}. */
    public static final int GLOBAL_SET = 0x24;

    // Tables (section 5.4.5)

    /** {@code table.get}. */
    public static final int TABLE_GET = 0x25;
    /** {@code table.set}. */
    public static final int TABLE_SET = 0x26;

    // Memory (section 5.4.6)

    /** {@code i32.load}. */
    public static final int I32_LOAD = 0x28;
    /** {@code i64.load}. */
    public static final int I64_LOAD = 0x29;
    /** {@code f32.load}. */
    public static final int F32_LOAD = 0x2a;
    /** {@code f64.load}. */
    public static final int F64_LOAD = 0x2b;
    /** {@code i32.load8_s}. */
    public static final int I32_LOAD8_S = 0x2c;
    /** {@code i32.load8_u}. */
    public static final int I32_LOAD8_U = 0x2d;
    /** {@code i32.load16_s}. */
    public static final int I32_LOAD16_S = 0x2e;
    /** {@code i32.load16_u}. */
    public static final int I32_LOAD16_U = 0x2f;
    /** {@code i64.load8_s}. */
    public static final int I64_LOAD8_S = 0x30;
    /** {@code i64.load8_u}. */
    public static final int I64_LOAD8_U = 0x31;
    /** {@code i64.load16_s}. */
    public static final int I64_LOAD16_S = 0x32;
    /** {@code i64.load16_u}. */
    public static final int I64_LOAD16_U = 0x33;
    /** {@code i64.load32_s}. */
    public static final int I64_LOAD32_S = 0x34;
    /** {@code i64.load32_u}. */
    public static final int I64_LOAD32_U = 0x35;
    /** {@code i32.store}. */
    public static final int I32_STORE = 0x36;
    /** {@code i64.store}. */
    public static final int I64_STORE = 0x37;
    /** {@code f32.store}. */
    public static final int F32_STORE = 0x38;
    /** {@code f64.store}. */
    public static final int F64_STORE = 0x39;
    /** {@code i32.store8}. */
    public static final int I32_STORE8 = 0x3a;
    /** {@code i32.store16}. */
    public static final int I32_STORE16 = 0x3b;
    /** {@code i64.store8}. */
    public static final int I64_STORE8 = 0x3c;
    /** {@code i64.store16}. */
    public static final int I64_STORE16 = 0x3d;
    /** {@code i64.store32}. */
    public static final int I64_STORE32 = 0x3e;
    /** {@code memory.size}. */
    public static final int MEMORY_SIZE = 0x3f;
    /** {@code memory.grow}. */
    public static final int MEMORY_GROW = 0x40;

    // Numbers (section 5.4.7)

    /** {@code i32.const}. */
    public static final int I32_CONST = 0x41;
    /** {@code i64.const}. */
    public static final int I64_CONST = 0x42;
    /** {@code f32.const}. */
    public static final int F32_CONST = 0x43;
    /** {@code f64.const}. */
    public static final int F64_CONST = 0x44;
    /** {@code i32.eqz}. */
    public static final int I32_EQZ = 0x45;
    /** {@code i32.eq}. */
    public static final int I32_EQ = 0x46;
    /** {@code i32.ne}. */
    public static final int I32_NE = 0x47;
    /** {@code i32.lt_s}. */
    public static final int I32_LT_S = 0x48;
    /** {@code i32.lt_u}. */
    public static final int I32_LT_U = 0x49;
    /** {@code i32.gt_s}. */
    public static final int I32_GT_S = 0x4a;
    /** {@code i32.gt_u}. */
    public static final int I32_GT_U = 0x4b;
    /** {@code i32.le_s}. */
    public static final int I32_LE_S = 0x4c;
    /** {@code i32.le_u}. */
    public static final int I32_LE_U = 0x4d;
    /** {@code i32.ge_s}. */
    public static final int I32_GE_S = 0x4e;
    /** {@code i32.ge_u}. */
    public static final int I32_GE_U = 0x4f;
    /** {@code i64.eqz}. */
    public static final int I64_EQZ = 0x50;
    /** {@code i64.eq}. */
    public static final int I64_EQ = 0x51;
    /** {@code i64.ne}. */
    public static final int I64_NE = 0x52;
    /** {@code i64.lt_s}. */
    public static final int I64_LT_S = 0x53;
    /** {@code i64.lt_u}. */
    public static final int I64_LT_U = 0x54;
    /** {@code i64.gt_s}. */
    public static final int I64_GT_S = 0x55;
    /** {@code i64.gt_u}. */
    public static final int I64_GT_U = 0x56;
    /** {@code i64.le_s}. */
    public static final int I64_LE_S = 0x57;
    /** {@code i64.le_u}. */
    public static final int I64_LE_U = 0x58;
    /** {@code i64.ge_s}. */
    public static final int I64_GE_S = 0x59;
    /** {@code i64.ge_u}. */
    public static final int I64_GE_U = 0x5a;
    /** {@code f32.eq}. */
    public static final int F32_EQ = 0x5b;
    /** {@code f32.ne}. */
    public static final int F32_NE = 0x5c;
    /** {@code f32.lt}. */
    public static final int F32_LT = 0x5d;
    /** {@code f32.gt}. */
    public static final int F32_GT = 0x5e;
    /** {@code f32.le}. */
    public static final int F32_LE = 0x5f;
    /** {@code f32.ge}. */
    public static final int F32_GE = 0x60;
    /** {@code f64.eq}. */
    public static final int F64_EQ = 0x61;
    /** {@code f64.ne}. */
    public static final int F64_NE = 0x62;
    /** {@code f64.lt}. */
    public static final int F64_LT = 0x63;
    /** {@code f64.gt}. */
    public static final int F64_GT = 0x64;
    /** {@code f64.le}. */
    public static final int F64_LE = 0x65;
    /** {@code f64.ge}. */
    public static final int F64_GE = 0x66;
    /** {@code i32.clz}. */
    public static final int I32_CLZ = 0x67;
    /** {@code i32.ctz}. */
    public static final int I32_CTZ = 0x68;
    /** {@code i32.popcnt}. */
    public static final int I32_POPCNT = 0x69;
    /** {@code i32.add}. */
    public static final int I32_ADD = 0x6a;
    /** {@code i32.sub}. */
    public static final int I32_SUB = 0x6b;
    /** {@code i32.mul}. */
    public static final int I32_MUL = 0x6c;
    /** {@code i32.div_s}. */
    public static final int I32_DIV_S = 0x6d;
    /** {@code i32.div_u}. */
    public static final int I32_DIV_U = 0x6e;
    /** {@code i32.rem_s}. */
    public static final int I32_REM_S = 0x6f;
    /** {@code i32.rem_u}. */
    public static final int I32_REM_U = 0x70;
    /** {@code i32.and}. */
    public static final int I32_AND = 0x71;
    /** {@code i32.or}. */
    public static final int I32_OR = 0x72;
    /** {@code i32.xor}. */
    public static final int I32_XOR = 0x73;
    /** {@code i32.shl}. */
    public static final int I32_SHL = 0x74;
    /** {@code i32.shr_s}. */
    public static final int I32_SHR_S = 0x75;
    /** {@code i32.shr_u}. */
    public static final int I32_SHR_U = 0x76;
    /** {@code i32.rotl}. */
    public static final int I32_ROTL = 0x77;
    /** {@code i32.rotr}. */
    public static final int I32_ROTR = 0x78;
    /** {@code i64.clz}. */
    public static final int I64_CLZ = 0x79;
    /** {@code i64.ctz}. */
    public static final int I64_CTZ = 0x7a;
    /** {@code i64.popcnt}. */
    public static final int I64_POPCNT = 0x7b;
    /** {@code i64.add}. */
    public static final int I64_ADD = 0x7c;
    /** {@code i64.sub}. */
    public static final int I64_SUB = 0x7d;
    /** {@code i64.mul}. */
    public static final int I64_MUL = 0x7e;
    /** {@code i64.div_s}. */
    public static final int I64_DIV_S = 0x7f;
    /** {@code i64.div_u}. */
    public static final int I64_DIV_U = 0x80;
    /** {@code i64.rem_s}. */
    public static final int I64_REM_S = 0x81;
    /** {@code i64.rem_u}. */
    public static final int I64_REM_U = 0x82;
    /** {@code i64.and}. */
    public static final int I64_AND = 0x83;
    /** {@code i64.or}. */
    public static final int I64_OR = 0x84;
    /** {@code i64.xor}. */
    public static final int I64_XOR = 0x85;
    /** {@code i64.shl}. */
    public static final int I64_SHL = 0x86;
    /** {@code i64.shr_s}. */
    public static final int I64_SHR_S = 0x87;
    /** {@code i64.shr_u}. */
    public static final int I64_SHR_U = 0x88;
    /** {@code i64.rotl}. */
    public static final int I64_ROTL = 0x89;
    /** {@code i64.rotr}. */
    public static final int I64_ROTR = 0x8a;
    /** {@code f32.abs}. */
    public static final int F32_ABS = 0x8b;
    /** {@code f32.neg}. */
    public static final int F32_NEG = 0x8c;
    /** {@code f32.ceil}. */
    public static final int F32_CEIL = 0x8d;
    /** {@code f32.floor}. */
    public static final int F32_FLOOR = 0x8e;
    /** {@code f32.trunc}. */
    public static final int F32_TRUNC = 0x8f;
    /** {@code f32.nearest}. */
    public static final int F32_NEAREST = 0x90;
    /** {@code f32.sqrt}. */
    public static final int F32_SQRT = 0x91;
    /** {@code f32.add}. */
    public static final int F32_ADD = 0x92;
    /** {@code f32.sub}. */
    public static final int F32_SUB = 0x93;
    /** {@code f32.mul}. */
    public static final int F32_MUL = 0x94;
    /** {@code f32.div}. */
    public static final int F32_DIV = 0x95;
    /** {@code f32.min}. */
    public static final int F32_MIN = 0x96;
    /** {@code f32.max}. */
    public static final int F32_MAX = 0x97;
    /** {@code f32.copysign}. */
    public static final int F32_COPYSIGN = 0x98;
    /** {@code f64.abs}. */
    public static final int F64_ABS = 0x99;
    /** {@code f64.neg}. */
    public static final int F64_NEG = 0x9a;
    /** {@code f64.ceil}. */
    public static final int F64_CEIL = 0x9b;
    /** {@code f64.floor}. */
    public static final int F64_FLOOR = 0x9c;
    /** {@code f64.trunc}. */
    public static final int F64_TRUNC = 0x9d;
    /** {@code f64.nearest}. */
    public static final int F64_NEAREST = 0x9e;
    /** {@code f64.sqrt}. */
    public static final int F64_SQRT = 0x9f;
    /** {@code f64.add}. */
    public static final int F64_ADD = 0xa0;
    /** {@code f64.sub}. */
    public static final int F64_SUB = 0xa1;
    /** {@code f64.mul}. */
    public static final int F64_MUL = 0xa2;
    /** {@code f64.div}. */
    public static final int F64_DIV = 0xa3;
    /** {@code f64.min}. */
    public static final int F64_MIN = 0xa4;
    /** {@code f64.max}. */
    public static final int F64_MAX = 0xa5;
    /** {@code f64.copysign}. */
    public static final int F64_COPYSIGN = 0xa6;
    /** {@code i32.wrap_i64}. */
    public static final int I32_WRAP_I64 = 0xa7;
    /** {@code i32.trunc_f32_s}. */
    public static final int I32_TRUNC_F32_S = 0xa8;
    /** {@code i32.trunc_f32_u}. */
    public static final int I32_TRUNC_F32_U = 0xa9;
    /** {@code i32.trunc_f64_s}. */
    public static final int I32_TRUNC_F64_S = 0xaa;
    /** {@code i32.trunc_f64_u}. */
    public static final int I32_TRUNC_F64_U = 0xab;
    /** {@code i64.extend_i32_s}. */
    public static final int I64_EXTEND_I32_S = 0xac;
    /** {@code i64.extend_i32_u}. */
    public static final int I64_EXTEND_I32_U = 0xad;
    /** {@code i64.trunc_f32_s}. */
    public static final int I64_TRUNC_F32_S = 0xae;
    /** {@code i64.trunc_f32_u}. */
    public static final int I64_TRUNC_F32_U = 0xaf;
    /** {@code i64.trunc_f64_s}. */
    public static final int I64_TRUNC_F64_S = 0xb0;
    /** {@code i64.trunc_f64_u}. */
    public static final int I64_TRUNC_F64_U = 0xb1;
    /** {@code f32.convert_i32_s}. */
    public static final int F32_CONVERT_I32_S = 0xb2;
    /** {@code f32.convert_i32_u}. */
    public static final int F32_CONVERT_I32_U = 0xb3;
    /** {@code f32.convert_i64_s}. */
    public static final int F32_CONVERT_I64_S = 0xb4;
    /** {@code f32.convert_i64_u}. */
    public static final int F32_CONVERT_I64_U = 0xb5;
    /** {@code f32.demote_f64}. */
    public static final int F32_DEMOTE_F64 = 0xb6;
    /** {@code f64.convert_i32_s}. */
    public static final int F64_CONVERT_I32_S = 0xb7;
    /** {@code f64.convert_i32_u}. */
    public static final int F64_CONVERT_I32_U = 0xb8;
    /** {@code f64.convert_i64_s}. */
    public static final int F64_CONVERT_I64_S = 0xb9;
    /** {@code f64.convert_i64_u}. */
    public static final int F64_CONVERT_I64_U = 0xba;
    /** {@code f64.promote_f32}. */
    public static final int F64_PROMOTE_F32 = 0xbb;
    /** {@code i32.reinterpret_f32}. */
    public static final int I32_REINTERPRET_F32 = 0xbc;
    /** {@code i64.reinterpret_f64}. */
    public static final int I64_REINTERPRET_F64 = 0xbd;
    /** {@code f32.reinterpret_i32}. */
    public static final int F32_REINTERPRET_I32 = 0xbe;
    /** {@code f64.reinterpret_i64}. */
    public static final int F64_REINTERPRET_I64 = 0xbf;
    /** {@code i32.extend8_s}. */
    public static final int I32_EXTEND8_S = 0xc0;
    /** {@code i32.extend16_s}. */
    public static final int I32_EXTEND16_S = 0xc1;
    /** {@code i64.extend8_s}. */
    public static final int I64_EXTEND8_S = 0xc2;
    /** {@code i64.extend16_s}. */
    public static final int I64_EXTEND16_S = 0xc3;
    /** {@code i64.extend32_s}. */
    public static final int I64_EXTEND32_S = 0xc4;

    // References (section 5.4.2)

    /** {@code ref.null}. */
    public static final int REF_NULL = 0xd0;
    /** {@code ref.is_null}. */
    public static final int REF_IS_NULL = 0xd1;
    /** {@code ref.func}. */
    public static final int REF_FUNC = 0xd2;

    // Behind the prefix 0xfc: saturating conversions, bulk memory and tables

    /** {@code i32.trunc_sat_f32_s}. */
    public static final int I32_TRUNC_SAT_F32_S = 0x100;
    /** {@code i32.trunc_sat_f32_u}. */
    public static final int I32_TRUNC_SAT_F32_U = 0x101;
    /** {@code i32.trunc_sat_f64_s}. */
    public static final int I32_TRUNC_SAT_F64_S = 0x102;
    /** {@code i32.trunc_sat_f64_u}. */
    public static final int I32_TRUNC_SAT_F64_U = 0x103;
    /** {@code i64.trunc_sat_f32_s}. */
    public static final int I64_TRUNC_SAT_F32_S = 0x104;
    /** {@code i64.trunc_sat_f32_u}. */
    public static final int I64_TRUNC_SAT_F32_U = 0x105;
    /** {@code i64.trunc_sat_f64_s}. */
    public static final int I64_TRUNC_SAT_F64_S = 0x106;
    /** {@code i64.trunc_sat_f64_u}. */
    public static final int I64_TRUNC_SAT_F64_U = 0x107;
    /** {@code memory.init}. */
    public static final int MEMORY_INIT = 0x108;
    /** {@code data.drop}. */
    public static final int DATA_DROP = 0x109;
    /** {@code memory.copy}. */
    public static final int MEMORY_COPY = 0x10a;
    /** {@code memory.fill}. */
    public static final int MEMORY_FILL = 0x10b;
    /** {@code table.init}. */
    public static final int TABLE_INIT = 0x10c;
    /** {@code elem.drop}. */
    public static final int ELEM_DROP = 0x10d;
    /** {@code table.copy}. */
    public static final int TABLE_COPY = 0x10e;
    /** {@code table.grow}. */
    public static final int TABLE_GROW = 0x10f;
    /** {@code table.size}. */
    public static final int TABLE_SIZE = 0x110;
    /** {@code table.fill}. */
    public static final int TABLE_FILL = 0x111;

    /** No instruction has a number of this or above. */
    public static final int COUNT = 0x120;

    private static final int PREFIX_NUMERIC = 0xfc;
    private static final int NUMERIC_BASE = 0x100;

    private static final byte[] IMMEDIATES = OpcodeTable.immediates();
    private static final int[] SIGNATURES = OpcodeTable.signatures();
    private static final byte[] ALIGNMENTS = OpcodeTable.alignments();
    private static final int[] FEATURES = OpcodeTable.features();
    private static final String[] TEXTS = OpcodeTable.texts();

    private Opcode() {}

    /** Whether a first byte is a prefix, so that a number follows it. */
    public static boolean isPrefix(int b) {
        return b == PREFIX_NUMERIC;
    }

    /** The instruction behind a prefix, or -1 when there is none of this unsigned number. */
    public static int of(int prefix, int number) {
        return Integer.compareUnsigned(number, COUNT - NUMERIC_BASE) < 0
                ? NUMERIC_BASE + number : -1;
    }

    /** What follows it, one of {@link Immediate}; {@link Immediate#ILLEGAL} if there is no such. */
    public static int immediate(int opcode) {
        return IMMEDIATES[opcode];
    }

    /** What it takes and gives, see {@link Signature}. */
    public static int signature(int opcode) {
        return SIGNATURES[opcode];
    }

    /** Binary logarithm of the bytes that a load or store accesses. */
    public static int naturalAlignment(int opcode) {
        return ALIGNMENTS[opcode];
    }

    /** The features of {@link k23.runtime.module.Features} that it belongs to. */
    public static int features(int opcode) {
        return FEATURES[opcode];
    }

    /** Its name in the text format. */
    public static String text(int opcode) {
        return TEXTS[opcode];
    }
}

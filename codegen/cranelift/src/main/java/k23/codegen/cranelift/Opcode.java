package k23.codegen.cranelift;

/**
 * The instructions of a function description. Numbers are this project's own and never change; the
 * native side finds Cranelift's opcode by the CLIF name, so that versions which number differently
 * read the same description.
 */
public enum Opcode {
    // constants
    /** {@code iconst}. */
    ICONST(1, "iconst"),
    /** {@code f32const}. */
    F32CONST(2, "f32const"),
    /** {@code f64const}. */
    F64CONST(3, "f64const"),

    // integer arithmetic
    /** {@code iadd}. */
    IADD(4, "iadd"),
    /** {@code isub}. */
    ISUB(5, "isub"),
    /** {@code imul}. */
    IMUL(6, "imul"),
    /** {@code umulhi}. */
    UMULHI(7, "umulhi"),
    /** {@code smulhi}. */
    SMULHI(8, "smulhi"),
    /** {@code udiv}. */
    UDIV(9, "udiv"),
    /** {@code sdiv}. */
    SDIV(10, "sdiv"),
    /** {@code urem}. */
    UREM(11, "urem"),
    /** {@code srem}. */
    SREM(12, "srem"),
    /** {@code ineg}. */
    INEG(13, "ineg"),
    /** {@code iabs}. */
    IABS(14, "iabs"),
    /** {@code smin}. */
    SMIN(15, "smin"),
    /** {@code smax}. */
    SMAX(16, "smax"),
    /** {@code umin}. */
    UMIN(17, "umin"),
    /** {@code umax}. */
    UMAX(18, "umax"),

    // bits
    /** {@code band}. */
    BAND(19, "band"),
    /** {@code bor}. */
    BOR(20, "bor"),
    /** {@code bxor}. */
    BXOR(21, "bxor"),
    /** {@code bnot}. */
    BNOT(22, "bnot"),
    /** {@code band_not}. */
    BAND_NOT(23, "band_not"),
    /** {@code bor_not}. */
    BOR_NOT(24, "bor_not"),
    /** {@code bxor_not}. */
    BXOR_NOT(25, "bxor_not"),
    /** {@code ishl}. */
    ISHL(26, "ishl"),
    /** {@code ushr}. */
    USHR(27, "ushr"),
    /** {@code sshr}. */
    SSHR(28, "sshr"),
    /** {@code rotl}. */
    ROTL(29, "rotl"),
    /** {@code rotr}. */
    ROTR(30, "rotr"),
    /** {@code clz}. */
    CLZ(31, "clz"),
    /** {@code cls}. */
    CLS(32, "cls"),
    /** {@code ctz}. */
    CTZ(33, "ctz"),
    /** {@code popcnt}. */
    POPCNT(34, "popcnt"),
    /** {@code bitrev}. */
    BITREV(35, "bitrev"),
    /** {@code bswap}. */
    BSWAP(36, "bswap"),
    /** {@code bitselect}. */
    BITSELECT(37, "bitselect"),

    // immediates
    /** {@code iadd_imm}. */
    IADD_IMM(38, "iadd_imm"),
    /** {@code imul_imm}. */
    IMUL_IMM(39, "imul_imm"),
    /** {@code udiv_imm}. */
    UDIV_IMM(40, "udiv_imm"),
    /** {@code sdiv_imm}. */
    SDIV_IMM(41, "sdiv_imm"),
    /** {@code urem_imm}. */
    UREM_IMM(42, "urem_imm"),
    /** {@code srem_imm}. */
    SREM_IMM(43, "srem_imm"),
    /** {@code band_imm}. */
    BAND_IMM(44, "band_imm"),
    /** {@code bor_imm}. */
    BOR_IMM(45, "bor_imm"),
    /** {@code bxor_imm}. */
    BXOR_IMM(46, "bxor_imm"),
    /** {@code ishl_imm}. */
    ISHL_IMM(47, "ishl_imm"),
    /** {@code ushr_imm}. */
    USHR_IMM(48, "ushr_imm"),
    /** {@code sshr_imm}. */
    SSHR_IMM(49, "sshr_imm"),
    /** {@code rotl_imm}. */
    ROTL_IMM(50, "rotl_imm"),
    /** {@code rotr_imm}. */
    ROTR_IMM(51, "rotr_imm"),
    /** {@code icmp_imm}. */
    ICMP_IMM(52, "icmp_imm"),

    // comparisons and selection
    /** {@code icmp}. */
    ICMP(53, "icmp"),
    /** {@code select}. */
    SELECT(54, "select"),
    /** {@code select_spectre_guard}. */
    SELECT_SPECTRE_GUARD(55, "select_spectre_guard"),
    /** {@code fcmp}. */
    FCMP(56, "fcmp"),

    // integer conversions
    /** {@code uextend}. */
    UEXTEND(57, "uextend"),
    /** {@code sextend}. */
    SEXTEND(58, "sextend"),
    /** {@code ireduce}. */
    IREDUCE(59, "ireduce"),
    /** {@code iconcat}. */
    ICONCAT(60, "iconcat"),
    /** {@code isplit}. */
    ISPLIT(61, "isplit"),
    /** {@code bitcast}. */
    BITCAST(62, "bitcast"),

    // floats
    /** {@code fadd}. */
    FADD(63, "fadd"),
    /** {@code fsub}. */
    FSUB(64, "fsub"),
    /** {@code fmul}. */
    FMUL(65, "fmul"),
    /** {@code fdiv}. */
    FDIV(66, "fdiv"),
    /** {@code sqrt}. */
    SQRT(67, "sqrt"),
    /** {@code fma}. */
    FMA(68, "fma"),
    /** {@code fneg}. */
    FNEG(69, "fneg"),
    /** {@code fabs}. */
    FABS(70, "fabs"),
    /** {@code fcopysign}. */
    FCOPYSIGN(71, "fcopysign"),
    /** {@code fmin}. */
    FMIN(72, "fmin"),
    /** {@code fmax}. */
    FMAX(73, "fmax"),
    /** {@code ceil}. */
    CEIL(74, "ceil"),
    /** {@code floor}. */
    FLOOR(75, "floor"),
    /** {@code trunc}. */
    TRUNC(76, "trunc"),
    /** {@code nearest}. */
    NEAREST(77, "nearest"),
    /** {@code fpromote}. */
    FPROMOTE(78, "fpromote"),
    /** {@code fdemote}. */
    FDEMOTE(79, "fdemote"),
    /** {@code fcvt_to_uint}. */
    FCVT_TO_UINT(80, "fcvt_to_uint"),
    /** {@code fcvt_to_sint}. */
    FCVT_TO_SINT(81, "fcvt_to_sint"),
    /** {@code fcvt_to_uint_sat}. */
    FCVT_TO_UINT_SAT(82, "fcvt_to_uint_sat"),
    /** {@code fcvt_to_sint_sat}. */
    FCVT_TO_SINT_SAT(83, "fcvt_to_sint_sat"),
    /** {@code fcvt_from_uint}. */
    FCVT_FROM_UINT(84, "fcvt_from_uint"),
    /** {@code fcvt_from_sint}. */
    FCVT_FROM_SINT(85, "fcvt_from_sint"),

    // memory
    /** {@code load}. */
    LOAD(86, "load"),
    /** {@code store}. */
    STORE(87, "store"),
    /** {@code uload8}. */
    ULOAD8(88, "uload8"),
    /** {@code sload8}. */
    SLOAD8(89, "sload8"),
    /** {@code istore8}. */
    ISTORE8(90, "istore8"),
    /** {@code uload16}. */
    ULOAD16(91, "uload16"),
    /** {@code sload16}. */
    SLOAD16(92, "sload16"),
    /** {@code istore16}. */
    ISTORE16(93, "istore16"),
    /** {@code uload32}. */
    ULOAD32(94, "uload32"),
    /** {@code sload32}. */
    SLOAD32(95, "sload32"),
    /** {@code istore32}. */
    ISTORE32(96, "istore32"),
    /** {@code stack_load}. */
    STACK_LOAD(97, "stack_load"),
    /** {@code stack_store}. */
    STACK_STORE(98, "stack_store"),
    /** {@code stack_addr}. */
    STACK_ADDR(99, "stack_addr"),
    /** {@code symbol_value}. */
    SYMBOL_VALUE(100, "symbol_value"),
    /** {@code func_addr}. */
    FUNC_ADDR(101, "func_addr"),
    /** {@code atomic_rmw}. */
    ATOMIC_RMW(102, "atomic_rmw"),
    /** {@code atomic_cas}. */
    ATOMIC_CAS(103, "atomic_cas"),
    /** {@code atomic_load}. */
    ATOMIC_LOAD(104, "atomic_load"),
    /** {@code atomic_store}. */
    ATOMIC_STORE(105, "atomic_store"),
    /** {@code fence}. */
    FENCE(106, "fence"),

    // control
    /** {@code jump}. */
    JUMP(107, "jump"),
    /** {@code brif}. */
    BRIF(108, "brif"),
    /** {@code br_table}. */
    BR_TABLE(109, "br_table"),
    /** {@code trap}. */
    TRAP(110, "trap"),
    /** {@code trapz}. */
    TRAPZ(111, "trapz"),
    /** {@code trapnz}. */
    TRAPNZ(112, "trapnz"),
    /** {@code uadd_overflow_trap}. */
    UADD_OVERFLOW_TRAP(113, "uadd_overflow_trap"),
    /** {@code call}. */
    CALL(114, "call"),
    /** {@code call_indirect}. */
    CALL_INDIRECT(115, "call_indirect"),
    /** {@code return}. */
    RETURN(116, "return"),
    /** {@code return_call}. */
    RETURN_CALL(117, "return_call"),
    /** {@code return_call_indirect}. */
    RETURN_CALL_INDIRECT(118, "return_call_indirect"),
    /** {@code get_frame_pointer}. */
    GET_FRAME_POINTER(119, "get_frame_pointer"),
    /** {@code get_stack_pointer}. */
    GET_STACK_POINTER(120, "get_stack_pointer"),
    /** {@code get_return_address}. */
    GET_RETURN_ADDRESS(121, "get_return_address"),
    /** {@code nop}. */
    NOP(122, "nop");

    private final int number;
    private final String clifName;

    Opcode(int number, String clifName) {
        this.number = number;
        this.clifName = clifName;
    }

    /** The number in a function description, from 1. */
    public int number() {
        return number;
    }

    /** Cranelift's name of the instruction. */
    public String clifName() {
        return clifName;
    }
}

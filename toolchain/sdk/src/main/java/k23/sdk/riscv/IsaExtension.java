package k23.sdk.riscv;

/**
 * Extensions of the RISC-V instruction set, by the names of the specification ("ISA Extension
 * Naming Conventions") in lower case. The position of a constant is its bit in
 * {@link IsaExtensions}, which is part of binary formats: new ones are added at the end.
 */
public enum IsaExtension {
    /** Integer multiplication and division. */
    M("m"),
    /** Atomic instructions. */
    A("a"),
    /** Single-precision floating point. */
    F("f"),
    /** Double-precision floating point. */
    D("d"),
    /** Quad-precision floating point. */
    Q("q"),
    /** Compressed instructions. */
    C("c"),
    /** Bit manipulation: Zba, Zbb and Zbs. */
    B("b"),
    /** Vectors. */
    V("v"),
    /** Hypervisor. */
    H("h"),
    /** Control and status registers. */
    ZICSR("zicsr"),
    /** Instruction-fetch fence. */
    ZIFENCEI("zifencei"),
    /** Base counters and timers. */
    ZICNTR("zicntr"),
    /** Hardware performance counters. */
    ZIHPM("zihpm"),
    /** Pause hint. */
    ZIHINTPAUSE("zihintpause"),
    /** Non-temporal locality hints. */
    ZIHINTNTL("zihintntl"),
    /** Integer conditional operations. */
    ZICOND("zicond"),
    /** Cache-block management. */
    ZICBOM("zicbom"),
    /** Cache-block prefetch. */
    ZICBOP("zicbop"),
    /** Cache-block zero. */
    ZICBOZ("zicboz"),
    /** May-be-operations. */
    ZIMOP("zimop"),
    /** Compressed may-be-operations. */
    ZCMOP("zcmop"),
    /** Wait on reservation set. */
    ZAWRS("zawrs"),
    /** Atomic compare-and-swap. */
    ZACAS("zacas"),
    /** Byte and halfword atomics. */
    ZABHA("zabha"),
    /** Total store ordering. */
    ZTSO("ztso"),
    /** Address generation. */
    ZBA("zba"),
    /** Basic bit manipulation. */
    ZBB("zbb"),
    /** Carry-less multiplication. */
    ZBC("zbc"),
    /** Single-bit instructions. */
    ZBS("zbs"),
    /** Bit manipulation for cryptography. */
    ZBKB("zbkb"),
    /** Carry-less multiplication for cryptography. */
    ZBKC("zbkc"),
    /** Crossbar permutations. */
    ZBKX("zbkx"),
    /** AES decryption. */
    ZKND("zknd"),
    /** AES encryption. */
    ZKNE("zkne"),
    /** SHA-2. */
    ZKNH("zknh"),
    /** Entropy source. */
    ZKR("zkr"),
    /** Data-independent execution latency. */
    ZKT("zkt"),
    /** Compressed instructions without floating point. */
    ZCA("zca"),
    /** Simple compressed instructions. */
    ZCB("zcb"),
    /** Compressed double-precision loads and stores. */
    ZCD("zcd"),
    /** Additional floating-point instructions. */
    ZFA("zfa"),
    /** Half-precision floating point. */
    ZFH("zfh"),
    /** Half-precision conversions. */
    ZFHMIN("zfhmin"),
    /** Vectors of half-precision numbers. */
    ZVFH("zvfh"),
    /** Conversions between vectors of half and single precision. */
    ZVFHMIN("zvfhmin"),
    /** Vector bit manipulation. */
    ZVBB("zvbb"),
    /** Vector carry-less multiplication. */
    ZVBC("zvbc"),
    /** Vector data-independent execution latency. */
    ZVKT("zvkt"),
    /** Supervisor timer comparison register. */
    SSTC("sstc"),
    /** Counter overflow interrupts. */
    SSCOFPMF("sscofpmf"),
    /** Advanced interrupt architecture, supervisor part. */
    SSAIA("ssaia"),
    /** State enable. */
    SMSTATEEN("smstateen"),
    /** Pointer masking for the next lower mode. */
    SSNPM("ssnpm"),
    /** Page-based memory types. */
    SVPBMT("svpbmt"),
    /** Fine-grained invalidation of address translations. */
    SVINVAL("svinval"),
    /** Contiguous translations of a power of two of pages. */
    SVNAPOT("svnapot"),
    /** Accessed and dirty bits updated by hardware. */
    SVADU("svadu"),
    /** Page faults where an accessed or dirty bit would have to be set. */
    SVADE("svade");

    private static final IsaExtension[] ALL = values();
    // A number of its own, so that who only counts them needs none of them in its image.
    private static final int COUNT = ALL.length;

    private final String specName;

    IsaExtension(String specName) {
        this.specName = specName;
    }

    /** The name in the specification, in lower case. */
    public String specName() {
        return specName;
    }

    /** The bit that stands for it in {@link IsaExtensions#bits()}. */
    public long bit() {
        return 1L << ordinal();
    }

    /** How many there are; at most 64. */
    public static int count() {
        return COUNT;
    }

    /** The extension whose bit is {@code 1 << index}. */
    public static IsaExtension at(int index) {
        return ALL[index];
    }
}

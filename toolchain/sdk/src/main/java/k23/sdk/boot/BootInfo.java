package k23.sdk.boot;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/**
 * What the loader tells the payload, version 2: a structure in memory in a region of kind
 * {@link MemoryRegion#BOOT_INFO}, which is the payload's. Addresses are virtual ones of the
 * address space that the payload is entered in, unless they are of type {@link PhysAddress}.
 *
 * @param base the address of the structure
 */
@Struct(size = 256)
public record BootInfo(Address base) {
    /** The size of the structure in bytes. */
    public static final int BYTES = 256;
    /** "K23BOOT1", little endian. */
    public static final long MAGIC = 0x31544F4F4233324BL;
    /** The version that this class describes. */
    public static final long VERSION = 2;

    private static final int MAGIC_AT = 0;
    private static final int VERSION_AT = 8;
    private static final int BOOT_HART_AT = 16;
    private static final int HART_COUNT_AT = 24;
    private static final int PHYSICAL_OFFSET_AT = 32;
    private static final int PHYSICAL_LIMIT_AT = 40;
    private static final int DEVICE_TREE_AT = 48;
    private static final int DEVICE_TREE_BYTES_AT = 56;
    private static final int REGIONS_AT = 64;
    private static final int REGION_COUNT_AT = 72;
    private static final int PAYLOAD_START_AT = 80;
    private static final int PAYLOAD_END_AT = 88;
    private static final int BUNDLE_START_AT = 96;
    private static final int BUNDLE_BYTES_AT = 104;
    private static final int TIMEBASE_HERTZ_AT = 112;
    private static final int SEED_0_AT = 120;
    private static final int SEED_1_AT = 128;
    private static final int SEED_2_AT = 136;
    private static final int SEED_3_AT = 144;
    private static final int BOOT_ARGUMENTS_AT = 152;
    private static final int BOOT_ARGUMENTS_BYTES_AT = 160;
    private static final int FREE_VIRTUAL_START_AT = 168;
    private static final int FREE_VIRTUAL_END_AT = 176;
    private static final int PAGE_TABLE_ROOT_AT = 184;
    private static final int PAGING_BITS_AT = 192;
    private static final int MACHINE_PAGING_BITS_AT = 200;
    private static final int ISA_EXTENSIONS_AT = 208;
    /** Offset of {@link #harts()}, for templates. */
    public static final int HARTS_AT = 216;
    private static final int ENTERING_HARTS_AT = 224;
    private static final int JUMP_START_AT = 232;
    private static final int JUMP_BYTES_AT = 240;

    /** {@link #MAGIC}, so that a payload can tell that a k23 loader entered it. */
    @At(MAGIC_AT)
    public long magic() {
        return base.getLong(MAGIC_AT);
    }

    /** Sets {@link #magic()}. */
    @At(MAGIC_AT)
    public void magic(long value) {
        base.putLong(MAGIC_AT, value);
    }

    /** The version of this structure, {@link #VERSION}. */
    @At(VERSION_AT)
    public long version() {
        return base.getLong(VERSION_AT);
    }

    /** Sets {@link #version()}. */
    @At(VERSION_AT)
    public void version(long value) {
        base.putLong(VERSION_AT, value);
    }

    /** The id of the hart that booted. */
    @At(BOOT_HART_AT)
    public long bootHart() {
        return base.getLong(BOOT_HART_AT);
    }

    /** Sets {@link #bootHart()}. */
    @At(BOOT_HART_AT)
    public void bootHart(long value) {
        base.putLong(BOOT_HART_AT, value);
    }

    /** The number of harts that the payload can use: those of the device tree, see there. */
    @At(HART_COUNT_AT)
    public long hartCount() {
        return base.getLong(HART_COUNT_AT);
    }

    /** Sets {@link #hartCount()}. */
    @At(HART_COUNT_AT)
    public void hartCount(long value) {
        base.putLong(HART_COUNT_AT, value);
    }

    /** The virtual address at which physical address 0 is mapped. */
    @At(PHYSICAL_OFFSET_AT)
    public long physicalOffset() {
        return base.getLong(PHYSICAL_OFFSET_AT);
    }

    /** Sets {@link #physicalOffset()}. */
    @At(PHYSICAL_OFFSET_AT)
    public void physicalOffset(long value) {
        base.putLong(PHYSICAL_OFFSET_AT, value);
    }

    /** The number of bytes of physical address space that are mapped there. */
    @At(PHYSICAL_LIMIT_AT)
    public long physicalLimit() {
        return base.getLong(PHYSICAL_LIMIT_AT);
    }

    /** Sets {@link #physicalLimit()}. */
    @At(PHYSICAL_LIMIT_AT)
    public void physicalLimit(long value) {
        base.putLong(PHYSICAL_LIMIT_AT, value);
    }

    /** The flattened device tree, in the physical map. */
    @At(DEVICE_TREE_AT)
    public Address deviceTree() {
        return base.getAddress(DEVICE_TREE_AT);
    }

    /** Sets {@link #deviceTree()}. */
    @At(DEVICE_TREE_AT)
    public void deviceTree(Address value) {
        base.putAddress(DEVICE_TREE_AT, value);
    }

    /** The size of the device tree in bytes. */
    @At(DEVICE_TREE_BYTES_AT)
    public long deviceTreeBytes() {
        return base.getLong(DEVICE_TREE_BYTES_AT);
    }

    /** Sets {@link #deviceTreeBytes()}. */
    @At(DEVICE_TREE_BYTES_AT)
    public void deviceTreeBytes(long value) {
        base.putLong(DEVICE_TREE_BYTES_AT, value);
    }

    /** The first {@link MemoryRegion} of the memory map, sorted by start. */
    @At(REGIONS_AT)
    public Address regions() {
        return base.getAddress(REGIONS_AT);
    }

    /** Sets {@link #regions()}. */
    @At(REGIONS_AT)
    public void regions(Address value) {
        base.putAddress(REGIONS_AT, value);
    }

    /** The number of memory regions. */
    @At(REGION_COUNT_AT)
    public long regionCount() {
        return base.getLong(REGION_COUNT_AT);
    }

    /** Sets {@link #regionCount()}. */
    @At(REGION_COUNT_AT)
    public void regionCount(long value) {
        base.putLong(REGION_COUNT_AT, value);
    }

    /** The first byte of the mapped payload. */
    @At(PAYLOAD_START_AT)
    public Address payloadStart() {
        return base.getAddress(PAYLOAD_START_AT);
    }

    /** Sets {@link #payloadStart()}. */
    @At(PAYLOAD_START_AT)
    public void payloadStart(Address value) {
        base.putAddress(PAYLOAD_START_AT, value);
    }

    /** The first byte behind the mapped payload, a page boundary. */
    @At(PAYLOAD_END_AT)
    public Address payloadEnd() {
        return base.getAddress(PAYLOAD_END_AT);
    }

    /** Sets {@link #payloadEnd()}. */
    @At(PAYLOAD_END_AT)
    public void payloadEnd(Address value) {
        base.putAddress(PAYLOAD_END_AT, value);
    }

    /** The decompressed bundle of programs and files, or null. */
    @At(BUNDLE_START_AT)
    public Address bundleStart() {
        return base.getAddress(BUNDLE_START_AT);
    }

    /** Sets {@link #bundleStart()}. */
    @At(BUNDLE_START_AT)
    public void bundleStart(Address value) {
        base.putAddress(BUNDLE_START_AT, value);
    }

    /** The size of the bundle in bytes. */
    @At(BUNDLE_BYTES_AT)
    public long bundleBytes() {
        return base.getLong(BUNDLE_BYTES_AT);
    }

    /** Sets {@link #bundleBytes()}. */
    @At(BUNDLE_BYTES_AT)
    public void bundleBytes(long value) {
        base.putLong(BUNDLE_BYTES_AT, value);
    }

    /** How many ticks of the time CSR make a second. */
    @At(TIMEBASE_HERTZ_AT)
    public long timebaseHertz() {
        return base.getLong(TIMEBASE_HERTZ_AT);
    }

    /** Sets {@link #timebaseHertz()}. */
    @At(TIMEBASE_HERTZ_AT)
    public void timebaseHertz(long value) {
        base.putLong(TIMEBASE_HERTZ_AT, value);
    }

    /** 32 random bytes of the firmware's rng-seed, first word; 0 when it has none. */
    @At(SEED_0_AT)
    public long seed0() {
        return base.getLong(SEED_0_AT);
    }

    /** Sets {@link #seed0()}. */
    @At(SEED_0_AT)
    public void seed0(long value) {
        base.putLong(SEED_0_AT, value);
    }

    /** The second word of the seed. */
    @At(SEED_1_AT)
    public long seed1() {
        return base.getLong(SEED_1_AT);
    }

    /** Sets {@link #seed1()}. */
    @At(SEED_1_AT)
    public void seed1(long value) {
        base.putLong(SEED_1_AT, value);
    }

    /** The third word of the seed. */
    @At(SEED_2_AT)
    public long seed2() {
        return base.getLong(SEED_2_AT);
    }

    /** Sets {@link #seed2()}. */
    @At(SEED_2_AT)
    public void seed2(long value) {
        base.putLong(SEED_2_AT, value);
    }

    /** The fourth word of the seed. */
    @At(SEED_3_AT)
    public long seed3() {
        return base.getLong(SEED_3_AT);
    }

    /** Sets {@link #seed3()}. */
    @At(SEED_3_AT)
    public void seed3(long value) {
        base.putLong(SEED_3_AT, value);
    }

    /** The boot arguments in UTF-8, not terminated, or null. */
    @At(BOOT_ARGUMENTS_AT)
    public Address bootArguments() {
        return base.getAddress(BOOT_ARGUMENTS_AT);
    }

    /** Sets {@link #bootArguments()}. */
    @At(BOOT_ARGUMENTS_AT)
    public void bootArguments(Address value) {
        base.putAddress(BOOT_ARGUMENTS_AT, value);
    }

    /** The length of the boot arguments in bytes. */
    @At(BOOT_ARGUMENTS_BYTES_AT)
    public long bootArgumentsBytes() {
        return base.getLong(BOOT_ARGUMENTS_BYTES_AT);
    }

    /** Sets {@link #bootArgumentsBytes()}. */
    @At(BOOT_ARGUMENTS_BYTES_AT)
    public void bootArgumentsBytes(long value) {
        base.putLong(BOOT_ARGUMENTS_BYTES_AT, value);
    }

    /** The first byte of kernel address space that the loader left free. */
    @At(FREE_VIRTUAL_START_AT)
    public Address freeVirtualStart() {
        return base.getAddress(FREE_VIRTUAL_START_AT);
    }

    /** Sets {@link #freeVirtualStart()}. */
    @At(FREE_VIRTUAL_START_AT)
    public void freeVirtualStart(Address value) {
        base.putAddress(FREE_VIRTUAL_START_AT, value);
    }

    /** The first byte behind the free kernel address space. */
    @At(FREE_VIRTUAL_END_AT)
    public Address freeVirtualEnd() {
        return base.getAddress(FREE_VIRTUAL_END_AT);
    }

    /** Sets {@link #freeVirtualEnd()}. */
    @At(FREE_VIRTUAL_END_AT)
    public void freeVirtualEnd(Address value) {
        base.putAddress(FREE_VIRTUAL_END_AT, value);
    }

    /** The root page table that the payload runs on. */
    @At(PAGE_TABLE_ROOT_AT)
    public PhysAddress pageTableRoot() {
        return new PhysAddress(base.getLong(PAGE_TABLE_ROOT_AT));
    }

    /** Sets {@link #pageTableRoot()}. */
    @At(PAGE_TABLE_ROOT_AT)
    public void pageTableRoot(PhysAddress value) {
        base.putLong(PAGE_TABLE_ROOT_AT, value.value());
    }

    /** 39, 48 or 57: the mode of that page table. */
    @At(PAGING_BITS_AT)
    public long pagingBits() {
        return base.getLong(PAGING_BITS_AT);
    }

    /** Sets {@link #pagingBits()}. */
    @At(PAGING_BITS_AT)
    public void pagingBits(long value) {
        base.putLong(PAGING_BITS_AT, value);
    }

    /** 39, 48 or 57: the largest mode that all harts of this machine have. */
    @At(MACHINE_PAGING_BITS_AT)
    public long machinePagingBits() {
        return base.getLong(MACHINE_PAGING_BITS_AT);
    }

    /** Sets {@link #machinePagingBits()}. */
    @At(MACHINE_PAGING_BITS_AT)
    public void machinePagingBits(long value) {
        base.putLong(MACHINE_PAGING_BITS_AT, value);
    }

    /** The extensions of the instruction set that all harts have, as far as they are known. */
    @At(ISA_EXTENSIONS_AT)
    public IsaExtensions isaExtensions() {
        return new IsaExtensions(base.getLong(ISA_EXTENSIONS_AT));
    }

    /** Sets {@link #isaExtensions()}. */
    @At(ISA_EXTENSIONS_AT)
    public void isaExtensions(IsaExtensions value) {
        base.putLong(ISA_EXTENSIONS_AT, value.bits());
    }

    /** The first {@link BootHart}; there are {@link #hartCount()}, the boot hart first. */
    @At(HARTS_AT)
    public Address harts() {
        return base.getAddress(HARTS_AT);
    }

    /** Sets {@link #harts()}. */
    @At(HARTS_AT)
    public void harts(Address value) {
        base.putAddress(HARTS_AT, value);
    }

    /** How many harts enter the payload: so many from the start of the list. */
    @At(ENTERING_HARTS_AT)
    public long enteringHarts() {
        return base.getLong(ENTERING_HARTS_AT);
    }

    /** Sets {@link #enteringHarts()}. */
    @At(ENTERING_HARTS_AT)
    public void enteringHarts(long value) {
        base.putLong(ENTERING_HARTS_AT, value);
    }

    /**
     * The first byte of the only pages of the lower half that are mapped, where physical and
     * virtual address are the same: the loader's code that jumps to the payload. They and their
     * page tables are memory of kind {@link MemoryRegion#LOADER}.
     */
    @At(JUMP_START_AT)
    public PhysAddress jumpStart() {
        return new PhysAddress(base.getLong(JUMP_START_AT));
    }

    /** Sets {@link #jumpStart()}. */
    @At(JUMP_START_AT)
    public void jumpStart(PhysAddress value) {
        base.putLong(JUMP_START_AT, value.value());
    }

    /** The number of bytes that are mapped there, whole pages. */
    @At(JUMP_BYTES_AT)
    public long jumpBytes() {
        return base.getLong(JUMP_BYTES_AT);
    }

    /** Sets {@link #jumpBytes()}. */
    @At(JUMP_BYTES_AT)
    public void jumpBytes(long value) {
        base.putLong(JUMP_BYTES_AT, value);
    }

    /** The {@code index}th hart that the payload can use; 0 is the one that booted. */
    public BootHart hart(long index) {
        return new BootHart(harts().plus(index * BootHart.BYTES));
    }

    /** Whether every hart that enters has done so: the loader's memory is free. */
    public boolean hasEveryHartEntered() {
        for (long i = 0; i < enteringHarts(); i++) {
            if (hart(i).entered() == 0) {
                return false;
            }
        }
        Hart.fence();
        return true;
    }

    /** The {@code index}th region of the memory map. */
    public MemoryRegion region(long index) {
        return new MemoryRegion(regions().plus(index * MemoryRegion.BYTES));
    }

    /** The device tree. */
    public Span deviceTreeSpan() {
        return new Span(deviceTree(), deviceTreeBytes());
    }

    /** The bundle of programs and files; empty when the image has none. */
    public Span bundle() {
        return new Span(bundleStart(), bundleBytes());
    }

    /** Where the physical byte at {@code address} is seen. */
    public Address mapped(PhysAddress address) {
        return address.mappedAt(physicalOffset());
    }
}

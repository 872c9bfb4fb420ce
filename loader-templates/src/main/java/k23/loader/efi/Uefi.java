package k23.loader.efi;

import k23.loader.memory.MemoryMap;
import k23.sdk.Log;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/**
 * The firmware of a boot by UEFI. {@link #takeOver} asks it everything and ends its boot services;
 * without that, there are no load options and no seed, and nothing else has a meaning.
 */
public final class Uefi {
    /** The memory that is needed to talk to firmware, behind what an SBI boot needs, in bytes. */
    public static final long WORKSPACE_BYTES = 64 << 10;

    private static final int MAP_BYTES_AT = 0;
    private static final int MAP_KEY_AT = 8;
    private static final int DESCRIPTOR_BYTES_AT = 16;
    private static final int DESCRIPTOR_VERSION_AT = 24;
    private static final int RESULT_AT = 32;
    private static final int GUID_AT = 40;
    private static final int SEED_AT = 64;
    private static final int SEED_BYTES = 64;
    private static final int COMMAND_LINE_AT = 4096;
    private static final int COMMAND_LINE_BYTES = 4096;
    private static final int MAP_AT = 8192;

    private static final long BUFFER_TOO_SMALL = Long.MIN_VALUE | 5;
    private static final int ATTEMPTS = 8;
    private static final int GET_HART_AT = 8;
    private static final int GET_RANDOM_AT = 8;

    private final FirmwareCalls calls;
    private BootServices services;
    private Span workspace = Span.EMPTY;
    private long deviceTree;
    private long bootHart = -1;
    private long commandLineBytes;
    private long seedBytes;

    /** Firmware whose functions are called by {@code calls}. */
    public Uefi(FirmwareCalls calls) {
        this.calls = calls;
    }

    /**
     * Asks for everything, and ends the boot services.
     *
     * @param image       the handle of the loader's image
     * @param systemTable the address of the EFI_SYSTEM_TABLE
     * @param memory      {@link #WORKSPACE_BYTES}, page-aligned, that is the loader's own
     */
    public UefiProblem takeOver(long image, Address systemTable, Span memory) {
        workspace = memory;
        SystemTable table = new SystemTable(systemTable);
        if (systemTable.isNull() || table.signature() != SystemTable.SIGNATURE) {
            return UefiProblem.NO_SYSTEM_TABLE;
        }
        services = table.bootServices();
        deviceTree = table.find(Guid.DEVICE_TREE).value();
        if (deviceTree == 0) {
            return UefiProblem.NO_DEVICE_TREE;
        }
        askBootHart();
        askCommandLine(image);
        askSeed();
        return endBootServices(image);
    }

    private Address cell(int offset) {
        return workspace.start().plus(offset);
    }

    /** The interface of a protocol that one handle, or any when it is 0, has; null if none. */
    private Address protocol(long handle, Guid guid) {
        guid.put(cell(GUID_AT));
        cell(RESULT_AT).putLong(0, 0);
        long name = cell(GUID_AT).value();
        long result = cell(RESULT_AT).value();
        long status = handle != 0
                ? calls.call(services.handleProtocol(), handle, name, result, 0, 0)
                : calls.call(services.locateProtocol(), name, 0, result, 0, 0);
        return status == 0 ? cell(RESULT_AT).getAddress(0) : Address.NULL;
    }

    private void askBootHart() {
        Address protocol = protocol(0, Guid.RISCV_BOOT);
        if (!protocol.isNull() && calls.call(protocol.getLong(GET_HART_AT), protocol.value(),
                cell(RESULT_AT).value(), 0, 0, 0) == 0) {
            bootHart = cell(RESULT_AT).getLong(0);
        }
    }

    private void askCommandLine(long image) {
        Address protocol = protocol(image, Guid.LOADED_IMAGE);
        if (!protocol.isNull()) {
            commandLineBytes = LoadOptions.of(new LoadedImage(protocol))
                    .writeUtf8(workspace.slice(COMMAND_LINE_AT, COMMAND_LINE_BYTES));
        }
        if (commandLineBytes < 0) {
            Log.warn("loader: the firmware's load options are no text, or too long: ignored");
            commandLineBytes = 0;
        }
    }

    private void askSeed() {
        Address protocol = protocol(0, Guid.RANDOM);
        if (!protocol.isNull() && calls.call(protocol.getLong(GET_RANDOM_AT), protocol.value(), 0,
                SEED_BYTES, cell(SEED_AT).value(), 0) == 0) {
            seedBytes = SEED_BYTES;
        }
    }

    /** A map is out of date once anything allocates, as what runs at the end may: then again. */
    private UefiProblem endBootServices(long image) {
        for (int i = 0; i < ATTEMPTS; i++) {
            UefiProblem problem = askMemoryMap();
            if (problem != UefiProblem.NONE) {
                return problem;
            }
            if (calls.call(services.exitBootServices(), image, cell(MAP_KEY_AT).getLong(0), 0, 0,
                    0) == 0) {
                return UefiProblem.NONE;
            }
        }
        return UefiProblem.NOT_RELEASED;
    }

    private UefiProblem askMemoryMap() {
        long room = workspace.length() - MAP_AT;
        cell(MAP_BYTES_AT).putLong(0, room);
        long status = calls.call(services.getMemoryMap(), cell(MAP_BYTES_AT).value(),
                cell(MAP_AT).value(), cell(MAP_KEY_AT).value(), cell(DESCRIPTOR_BYTES_AT).value(),
                cell(DESCRIPTOR_VERSION_AT).value());
        if (status == BUFFER_TOO_SMALL) {
            return UefiProblem.LARGE_MEMORY_MAP;
        }
        long size = descriptorBytes();
        boolean sane = status == 0 && size >= MemoryDescriptor.BYTES && size <= room
                && size % Long.BYTES == 0
                && Long.compareUnsigned(cell(MAP_BYTES_AT).getLong(0), room) <= 0;
        return sane ? UefiProblem.NONE : UefiProblem.NO_MEMORY_MAP;
    }

    private long descriptorBytes() {
        return cell(DESCRIPTOR_BYTES_AT).getLong(0);
    }

    /** The address of the device tree, never 0. */
    public long deviceTree() {
        return deviceTree;
    }

    /** The id of this hart; -1 when the firmware does not have the protocol that tells it. */
    public long bootHart() {
        return bootHart;
    }

    /** The image's load options as UTF-8; empty when there are none. */
    public Span commandLine() {
        return commandLineBytes == 0
                ? Span.EMPTY : workspace.slice(COMMAND_LINE_AT, commandLineBytes);
    }

    /** Random bytes of the firmware's generator; empty when it has none. */
    public Span seed() {
        return seedBytes == 0 ? Span.EMPTY : workspace.slice(SEED_AT, seedBytes);
    }

    private long descriptors() {
        return cell(MAP_BYTES_AT).getLong(0) / descriptorBytes();
    }

    private MemoryDescriptor descriptor(long index) {
        return new MemoryDescriptor(cell(MAP_AT).plus(index * descriptorBytes()));
    }

    /** Adds all memory to {@code map}. */
    public void addMemory(MemoryMap map) {
        for (long i = 0; i < descriptors(); i++) {
            MemoryDescriptor part = descriptor(i);
            if (part.isMemory()) {
                map.addMemory(part.start(), part.bytes());
            }
        }
    }

    /** Claims the memory that is not free, and that of this object. */
    public void claimReserved(MemoryMap map) {
        for (long i = 0; i < descriptors(); i++) {
            MemoryDescriptor part = descriptor(i);
            if (!part.isFree()) {
                map.claim(part.start(), part.bytes(), MemoryRegion.RESERVED);
            }
        }
        PhysAddress own = new PhysAddress(workspace.start().value());
        // The payload gets the command line, so it outlives the rest.
        map.claim(own.plus(COMMAND_LINE_AT), commandLineBytes, MemoryRegion.DEVICE_TREE);
        map.claim(own, workspace.length(), MemoryRegion.LOADER);
    }
}

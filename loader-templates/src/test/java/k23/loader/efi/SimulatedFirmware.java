package k23.loader.efi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/** UEFI firmware in the memory of a new simulated machine; what it answers can be changed. */
final class SimulatedFirmware implements FirmwareCalls {
    static final long IMAGE = 0x1234;
    static final long TREE = 0x7777_0000;
    static final long SUCCESS = 0;
    static final long INVALID_PARAMETER = Long.MIN_VALUE | 2;
    static final long BUFFER_TOO_SMALL = Long.MIN_VALUE | 5;
    static final long NOT_FOUND = Long.MIN_VALUE | 14;

    private static final long GET_MEMORY_MAP = 0x100;
    private static final long HANDLE_PROTOCOL = 0x200;
    private static final long EXIT_BOOT_SERVICES = 0x300;
    private static final long LOCATE_PROTOCOL = 0x400;
    private static final long GET_HART = 0x500;
    private static final long GET_RANDOM = 0x600;
    private static final int ENTRY_BYTES = 24;

    /** An EFI_MEMORY_DESCRIPTOR. */
    record Part(int type, long start, long pages, long attributes) {}

    final Machine machine = Machine.reset();
    final Address table = machine.allocate(120).start();
    private final Address services = machine.allocate(376).start();
    private final Address configuration = machine.allocate(10 * ENTRY_BYTES).start();
    private final Map<Guid, Address> protocols = new HashMap<>();
    private final List<Part> map = new ArrayList<>();
    int descriptorBytes = 48;
    long mapStatus = SUCCESS;
    int changesBeforeEnd;
    long key = 40;
    boolean ended;
    private int tables;
    private long hart;

    SimulatedFirmware() {
        table.putLong(0, 0x5453595320494249L); // "IBI SYST"
        table.putAddress(96, services);
        table.putAddress(112, configuration);
        services.putLong(56, GET_MEMORY_MAP);
        services.putLong(152, HANDLE_PROTOCOL);
        services.putLong(232, EXIT_BOOT_SERVICES);
        services.putLong(320, LOCATE_PROTOCOL);
    }

    /** Firmware with a device tree, a boot hart, and some memory. */
    static SimulatedFirmware usual() {
        return new SimulatedFirmware().withTable(Guid.of(1, 2, 3, 4), 1)
                .withTable(Guid.DEVICE_TREE, TREE).withHart(3)
                .with(7, 0x4000_0000L, 16);
    }

    SimulatedFirmware withTable(Guid guid, long pointer) {
        Address entry = configuration.plus((long) ENTRY_BYTES * tables++);
        guid.put(entry);
        entry.putLong(16, pointer);
        table.putLong(104, tables);
        return this;
    }

    SimulatedFirmware withHart(long id) {
        hart = id;
        protocols.put(Guid.RISCV_BOOT, function(GET_HART));
        return this;
    }

    SimulatedFirmware withRandom() {
        protocols.put(Guid.RANDOM, function(GET_RANDOM));
        return this;
    }

    private Address function(long address) {
        Address protocol = machine.allocate(16).start();
        protocol.putLong(8, address);
        return protocol;
    }

    SimulatedFirmware withOptions(String text) {
        return withOptions(text.getBytes(StandardCharsets.UTF_16LE));
    }

    SimulatedFirmware withOptions(byte[] bytes) {
        Address image = machine.allocate(96).start();
        image.putInt(48, bytes.length);
        image.putAddress(56, machine.allocate(bytes).start());
        protocols.put(Guid.LOADED_IMAGE, image);
        return this;
    }

    SimulatedFirmware with(int type, long start, long pages) {
        return with(type, start, pages, 8);
    }

    SimulatedFirmware with(int type, long start, long pages, long attributes) {
        map.add(new Part(type, start, pages, attributes));
        return this;
    }

    @Override
    public long call(long function, long a0, long a1, long a2, long a3, long a4) {
        if (ended) {
            throw new IllegalStateException("called after the boot services ended");
        }
        return switch ((int) function) {
            case (int) GET_MEMORY_MAP -> memoryMap(a0, a1, a2, a3, a4);
            case (int) HANDLE_PROTOCOL -> a0 == IMAGE ? protocol(a1, a2) : INVALID_PARAMETER;
            case (int) LOCATE_PROTOCOL -> protocol(a0, a2);
            case (int) EXIT_BOOT_SERVICES -> end(a0, a1);
            case (int) GET_HART -> put(a1, hart);
            case (int) GET_RANDOM -> random(a2, a3);
            default -> throw new IllegalStateException("no function at " + function);
        };
    }

    private static long put(long at, long value) {
        new Address(at).putLong(0, value);
        return SUCCESS;
    }

    private static long random(long bytes, long at) {
        for (int i = 0; i < bytes; i++) {
            new Address(at).putByte(i, (byte) (i + 1));
        }
        return SUCCESS;
    }

    private long protocol(long name, long result) {
        Address found = protocols.get(new Guid(new Address(name).getLong(0),
                new Address(name).getLong(8)));
        return found == null ? NOT_FOUND : put(result, found.value());
    }

    private long memoryMap(long size, long at, long keyAt, long descriptorAt, long versionAt) {
        long bytes = (long) map.size() * descriptorBytes;
        if (mapStatus != SUCCESS || bytes > new Address(size).getLong(0)) {
            return mapStatus != SUCCESS ? mapStatus : BUFFER_TOO_SMALL;
        }
        put(size, bytes);
        put(keyAt, key);
        put(descriptorAt, descriptorBytes);
        new Address(versionAt).putInt(0, 1);
        for (int i = 0; i < map.size() && descriptorBytes >= 40; i++) {
            Address part = new Span(new Address(at), bytes)
                    .slice((long) i * descriptorBytes, descriptorBytes).start();
            part.putInt(0, map.get(i).type());
            part.putLong(8, map.get(i).start());
            part.putLong(24, map.get(i).pages());
            part.putLong(32, map.get(i).attributes());
        }
        return SUCCESS;
    }

    private long end(long image, long withKey) {
        if (changesBeforeEnd-- > 0) {
            key++;
        }
        if (image != IMAGE || withKey != key) {
            return INVALID_PARAMETER;
        }
        ended = true;
        return SUCCESS;
    }
}

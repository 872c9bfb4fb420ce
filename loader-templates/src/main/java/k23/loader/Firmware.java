package k23.loader;

import k23.loader.crypto.Sha512;
import k23.loader.memory.MemoryMap;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.DeviceTreeProblem;
import k23.sdk.devicetree.Node;
import k23.sdk.devicetree.Range;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/**
 * What the firmware told: a device tree that has been checked.
 *
 * @param tree the device tree
 */
record Firmware(DeviceTree tree) {
    private static final Sha512 HASH = new Sha512();
    private static final byte[] DIGEST = new byte[Sha512.DIGEST_BYTES];

    /** The device tree at {@code address}; the boot ends here if it cannot be read. */
    static Firmware at(long address) {
        DeviceTree tree = DeviceTree.at(new Address(address));
        DeviceTreeProblem problem = tree.check();
        if (problem != DeviceTreeProblem.NONE) {
            Stop.because("device tree", problem.message());
        }
        return new Firmware(tree);
    }

    /** Adds all memory to {@code map} and claims every reservation and the tree itself. */
    void describeMemory(MemoryMap map) {
        Node root = tree.root();
        Node node = root.firstChild();
        while (!node.isNone()) {
            if (node.hasString("device_type", "memory")) {
                addAll(map, root, node);
            }
            node = node.nextSibling();
        }
        for (int i = 0; i < tree.reservations(); i++) {
            Range range = tree.reservation(i);
            map.claim(new PhysAddress(range.start()), range.length(), MemoryRegion.RESERVED);
        }
        Node reserved = root.child("reserved-memory");
        Node child = reserved.isNone() ? Node.NONE : reserved.firstChild();
        while (!child.isNone()) {
            for (int i = 0; i < child.registerCount(reserved); i++) {
                Range range = child.registers(reserved, i);
                map.claim(new PhysAddress(range.start()), range.length(), MemoryRegion.RESERVED);
            }
            child = child.nextSibling();
        }
        map.claim(new PhysAddress(tree.bytes().start().value()), tree.bytes().length(),
                MemoryRegion.DEVICE_TREE);
    }

    private static void addAll(MemoryMap map, Node root, Node memory) {
        for (int i = 0; i < memory.registerCount(root); i++) {
            Range range = memory.registers(root, i);
            map.addMemory(new PhysAddress(range.start()), range.length());
        }
    }

    private Node chosen() {
        return tree.root().child("chosen");
    }

    private Node cpus() {
        return tree.root().child("cpus");
    }

    private static boolean isUsable(Node cpu) {
        return cpu.hasString("device_type", "cpu") && !cpu.hasString("status", "disabled");
    }

    private Node firstCpu() {
        return cpus().isNone() ? Node.NONE : cpus().firstChild();
    }

    /** The number of harts that are not disabled. */
    int harts() {
        int count = 0;
        for (Node cpu = firstCpu(); !cpu.isNone(); cpu = cpu.nextSibling()) {
            count += isUsable(cpu) ? 1 : 0;
        }
        return count;
    }

    /** The id of the {@code index}th hart that is not disabled; -1 when there is none. */
    long hartId(int index) {
        int left = index;
        for (Node cpu = firstCpu(); !cpu.isNone(); cpu = cpu.nextSibling()) {
            if (isUsable(cpu) && left-- == 0) {
                return cpu.wideNumber("reg", -1);
            }
        }
        return -1;
    }

    /** The most virtual address bits that every usable hart can translate: 39, 48, 57, or 0. */
    int pagingBits() {
        int bits = 57;
        for (Node cpu = firstCpu(); !cpu.isNone(); cpu = cpu.nextSibling()) {
            if (isUsable(cpu)) {
                bits = Math.min(bits, cpu.hasString("mmu-type", "riscv,sv57") ? 57
                        : cpu.hasString("mmu-type", "riscv,sv48") ? 48
                        : cpu.hasString("mmu-type", "riscv,sv39") ? 39 : 0);
            }
        }
        return bits;
    }

    /** Ticks of the time CSR per second; 0 when the tree does not tell. */
    long timebaseHertz() {
        return cpus().isNone() ? 0 : cpus().wideNumber("timebase-frequency", 0);
    }

    /** The boot arguments, without the terminating zero; empty when there are none. */
    Span bootArguments() {
        Span text = chosen().isNone() ? Span.EMPTY : chosen().property("bootargs");
        return text.length() == 0 ? Span.EMPTY : text.slice(0, text.length() - 1);
    }

    /**
     * Fills {@code words} with numbers that depend on all of the firmware's random seed, and
     * overwrites the seed: nobody can derive the same numbers again. Zeros without a seed.
     */
    void consumeSeed(long[] words) {
        Span seed = chosen().isNone() ? Span.EMPTY : chosen().property("rng-seed");
        if (seed.length() == 0) {
            return;
        }
        HASH.reset();
        HASH.update(seed);
        HASH.digest(DIGEST);
        seed.clear();
        for (int i = 0; i < words.length; i++) {
            long word = 0;
            for (int k = 0; k < 8; k++) {
                word = word << 8 | DIGEST[8 * i + k] & 0xff;
            }
            words[i] = word;
        }
    }
}

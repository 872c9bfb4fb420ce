package k23.loader;

import k23.loader.crypto.Sha512;
import k23.loader.memory.MemoryMap;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.DeviceTreeProblem;
import k23.sdk.devicetree.Node;
import k23.sdk.devicetree.Range;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/**
 * What the firmware told: a device tree that has been checked.
 *
 * @param tree        the device tree
 * @param commandLine boot arguments that count more than the tree's; may be empty
 * @param random      a seed that counts besides the tree's; may be empty
 */
record Firmware(DeviceTree tree, Span commandLine, Span random) {
    private static final Sha512 HASH = new Sha512();
    private static final byte[] DIGEST = new byte[Sha512.DIGEST_BYTES];

    /** The device tree at {@code address}; the boot ends here if it cannot be read. */
    static Firmware at(long address) {
        return at(address, Span.EMPTY, Span.EMPTY);
    }

    /** The same, and what the firmware told besides the tree. */
    static Firmware at(long address, Span commandLine, Span random) {
        DeviceTree tree = DeviceTree.at(new Address(address));
        DeviceTreeProblem problem = tree.check();
        if (problem != DeviceTreeProblem.NONE) {
            Stop.because("device tree", problem.message());
        }
        return new Firmware(tree, commandLine, random);
    }

    /** Adds all memory to {@code map}, and claims what {@link #claimReservations} does. */
    void describeMemory(MemoryMap map, Reservations reservations) {
        Node root = tree.root();
        Node node = root.firstChild();
        while (!node.isNone()) {
            if (node.hasString("device_type", "memory")) {
                addAll(map, root, node);
            }
            node = node.nextSibling();
        }
        claimReservations(map, reservations);
    }

    /** Claims the tree itself, and every reservation that says where it lies. */
    void claimReservations(MemoryMap map, Reservations reservations) {
        reservations.claim(tree, map);
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

    /** The node {@code /cpus}, or none. */
    Node cpus() {
        return tree.root().child("cpus");
    }

    /** Ticks of the time CSR per second; 0 when the tree does not tell. */
    long timebaseHertz() {
        return cpus().isNone() ? 0 : cpus().wideNumber("timebase-frequency", 0);
    }

    /** The id of the hart that boots, as UEFI firmware may leave it here; -1 when it does not. */
    long bootHart() {
        return chosen().isNone() ? -1 : chosen().wideNumber("boot-hartid", -1);
    }

    /** The boot arguments, without the terminating zero; empty when there are none. */
    Span bootArguments() {
        if (commandLine.length() != 0) {
            return commandLine;
        }
        Span text = chosen().isNone() ? Span.EMPTY : chosen().property("bootargs");
        return text.length() == 0 ? Span.EMPTY : text.slice(0, text.length() - 1);
    }

    /**
     * Fills {@code words} with numbers that depend on all of the firmware's random seed, and
     * overwrites the seed and what was derived on the way: nobody can derive the same numbers
     * again. Zeros without a seed.
     *
     * @param extensions what the hart that runs this has
     */
    void consumeSeed(long[] words, IsaExtensions extensions) {
        Span seed = chosen().isNone() ? Span.EMPTY : chosen().property("rng-seed");
        if (seed.length() == 0 && random.length() == 0) {
            return;
        }
        HASH.use(extensions);
        HASH.reset();
        HASH.update(seed);
        HASH.update(random);
        HASH.digest(DIGEST);
        seed.clear();
        random.clear();
        for (int i = 0; i < words.length; i++) {
            long word = 0;
            for (int k = 0; k < 8; k++) {
                word = word << 8 | DIGEST[8 * i + k] & 0xff;
            }
            words[i] = word;
        }
        HASH.reset();
        HASH.update(seed);
        HASH.digest(DIGEST);
    }
}

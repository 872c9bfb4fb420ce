package k23.loader;

import k23.sdk.Log;
import k23.sdk.devicetree.Node;
import k23.sdk.riscv.IsaExtensions;

/**
 * The harts that a payload can use, the one that boots first. Left alone are those whose
 * {@code status} is not okay, those without an id, and those without an MMU: {@code mmu-type} is
 * {@code riscv,none}, or is absent while another hart has one (the monitor core of several chips).
 */
final class Processors {
    /** The most harts that are used. */
    static final int CAPACITY = 64;

    private final long[] ids = new long[CAPACITY];
    private final long[] extensions = new long[CAPACITY];
    private int count;
    private int pagingBits;

    /**
     * Reads the tree.
     *
     * @param cpus     the node {@code /cpus}, or none
     * @param bootHart the id of the hart that runs this: it is used, whatever the tree says of it
     * @param probed   the most virtual address bits that this hart can translate
     */
    void read(Node cpus, long bootHart, int probed) {
        Node boot = node(cpus, bootHart);
        ids[0] = bootHart;
        extensions[0] = boot.isNone() ? 0 : IsaNames.of(boot).bits();
        count = 1;
        pagingBits = probed;
        boolean typesAreTold = hasTypes(cpus);
        for (Node cpu = first(cpus); !cpu.isNone(); cpu = cpu.nextSibling()) {
            if (isOther(cpu) && isUsable(cpu, typesAreTold) && count < CAPACITY) {
                ids[count] = id(cpu);
                extensions[count] = !boot.isNone() && IsaNames.areSame(cpu, boot)
                        ? extensions[0] : IsaNames.of(cpu).bits();
                count++;
                pagingBits = Math.min(pagingBits, pagingBits(cpu, boot, probed));
            }
        }
    }

    private static Node first(Node cpus) {
        return cpus.isNone() ? Node.NONE : cpus.firstChild();
    }

    private static boolean isHart(Node cpu) {
        return cpu.hasString("device_type", "cpu") && id(cpu) != -1;
    }

    private static long id(Node cpu) {
        return cpu.wideNumber("reg", -1);
    }

    private static Node node(Node cpus, long id) {
        Node cpu = first(cpus);
        while (!cpu.isNone() && !(isHart(cpu) && id(cpu) == id)) {
            cpu = cpu.nextSibling();
        }
        return cpu;
    }

    private static boolean isEnabled(Node cpu) {
        return !cpu.has("status") || cpu.hasString("status", "okay")
                || cpu.hasString("status", "ok");
    }

    private static boolean hasTypes(Node cpus) {
        for (Node cpu = first(cpus); !cpu.isNone(); cpu = cpu.nextSibling()) {
            if (isHart(cpu) && isEnabled(cpu) && cpu.has("mmu-type")) {
                return true;
            }
        }
        return false;
    }

    private boolean isOther(Node cpu) {
        if (!isHart(cpu)) {
            return false;
        }
        return !has(id(cpu));
    }

    /** Whether the hart {@code id} is one of those that can be used. */
    boolean has(long id) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUsable(Node cpu, boolean typesAreTold) {
        if (!isEnabled(cpu)) {
            return false;
        }
        if (cpu.has("mmu-type") ? cpu.hasString("mmu-type", "riscv,none") : typesAreTold) {
            Log.warn("loader: hart " + id(cpu) + " has no MMU and is not used");
            return false;
        }
        return true;
    }

    /**
     * What this hart can translate. Where it is of the boot hart's type, that is what the boot hart
     * was found to: firmware may name less than there is.
     */
    private static int pagingBits(Node cpu, Node boot, int probed) {
        int named = namedBits(cpu);
        return named == 0 || !boot.isNone() && named == namedBits(boot) ? probed : named;
    }

    private static int namedBits(Node cpu) {
        return cpu.hasString("mmu-type", "riscv,sv57") ? 57
                : cpu.hasString("mmu-type", "riscv,sv48") ? 48
                : cpu.hasString("mmu-type", "riscv,sv39") ? 39 : 0;
    }

    /** The number of harts that can be used, at least one. */
    int count() {
        return count;
    }

    /** The id of the {@code index}th hart; 0 is the one that boots. */
    long id(int index) {
        return ids[index];
    }

    /** The most virtual address bits that each of them can translate: 39, 48, 57, or 0. */
    int pagingBits() {
        return pagingBits;
    }

    /** The extensions of the instruction set that hart {@code index} is known to have. */
    IsaExtensions extensions(int index) {
        return new IsaExtensions(extensions[index]);
    }

    /** The extensions that all harts are known to have. */
    IsaExtensions commonExtensions() {
        long common = -1;
        for (int i = 0; i < count; i++) {
            common &= extensions[i];
        }
        return new IsaExtensions(common);
    }
}

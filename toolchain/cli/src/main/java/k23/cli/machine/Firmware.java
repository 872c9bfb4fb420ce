package k23.cli.machine;

import java.util.List;

/** What is in charge of a machine before and beneath the loader. */
public enum Firmware {
    /** The OpenSBI that comes with QEMU. */
    OPENSBI,
    /** Nothing: the loader starts in M-mode and answers SBI calls itself. */
    NONE;

    /** QEMU's options for it. */
    List<String> options() {
        return this == NONE ? List.of("-bios", "none") : List.of();
    }
}

package k23.tests.support;

import java.nio.file.Files;
import java.nio.file.Path;
import k23.cli.host.UserFolders;
import org.junit.jupiter.api.Assumptions;

/**
 * QEMU 10 and EDK2, where {@code make setup} could get them ({@code toolchain/setup/machine.sh}).
 * It has what the machine's own QEMU 7.2 lacks: Sv57, {@code -cpu max}, {@code -cpu rva23s64},
 * OpenSBI 1.5 with SBI 2.0. The system's QEMU stays the one that {@code k23 run} uses, unless
 * {@code K23_QEMU} names another.
 */
public final class NewerMachine {
    private NewerMachine() {}

    /** The path of {@code qemu-system-riscv64}; the test is aborted where there is none. */
    public static String qemu() {
        return present("qemu-system-riscv64").toString();
    }

    /** EDK2's code, 32 MiB of flash; the test is aborted where there is none. */
    public static Path edk2Code() {
        return present("edk2/RISCV_VIRT_CODE.fd");
    }

    /** EDK2's variables as they are at first, 32 MiB of flash, to be copied. */
    public static Path edk2Variables() {
        return present("edk2/RISCV_VIRT_VARS.fd");
    }

    private static Path present(String name) {
        Path file = UserFolders.cache().resolve("machine").resolve(name);
        Assumptions.assumeTrue(Files.isReadable(file),
                "there is no " + file + ": `make setup` says why it could not get it");
        return file;
    }
}

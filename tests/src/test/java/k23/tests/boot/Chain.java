package k23.tests.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import k23.tests.support.Conversation;
import k23.tests.support.NewerMachine;
import org.junit.jupiter.api.Assumptions;

/** The ways from power-on to the loader, for one and the same disk. */
enum Chain {
    /** Nothing is before the loader, which starts in M-mode. */
    NONE,
    /** OpenSBI jumps to the file that QEMU has put into memory. */
    SBI,
    /** U-Boot finds {@code extlinux.conf} on the disk. */
    EXTLINUX,
    /** U-Boot's own UEFI starts the application on the disk. */
    U_BOOT_UEFI,
    /** EDK2 finds the application on the disk by its name. */
    EDK2;

    private static final Path U_BOOT = Path.of("/usr/lib/u-boot/qemu-riscv64_smode/uboot.elf");
    private static final String U_BOOT_WAITS = "Hit any key";
    private static final String U_BOOT_PROMPT = "\n=> ";

    /**
     * Powers a machine on, and presses the keys that lead to the disk.
     *
     * @param disk  the disk
     * @param harts how many there are
     * @param setup commands for U-Boot's prompt, each with a semicolon; elsewhere without meaning
     * @param more  options of QEMU
     */
    Conversation start(Path disk, int harts, String setup, String... more) {
        List<String> command = new ArrayList<>(List.of(
                this == EDK2 ? NewerMachine.qemu() : "qemu-system-riscv64",
                "-smp", Integer.toString(harts), "-m", "256M", "-display", "none",
                "-monitor", "none", "-serial", "stdio", "-nodefaults"));
        command.addAll(switch (this) {
            case NONE -> List.of("-machine", "virt", "-bios", "none", "-kernel", disk.toString());
            case SBI -> List.of("-machine", "virt", "-kernel", disk.toString());
            case EXTLINUX, U_BOOT_UEFI -> List.of("-machine", "virt", "-kernel", uBoot());
            case EDK2 -> edk2(disk);
        });
        if (this != SBI && this != NONE) {
            command.addAll(List.of(
                    "-drive", "if=none,format=raw,readonly=on,id=disk,file=" + disk,
                    "-device", "virtio-blk-device,drive=disk"));
        }
        command.addAll(List.of(more));
        Conversation machine = new Conversation(command);
        switch (this) {
            case NONE, SBI -> { }
            case EXTLINUX -> machine.await(U_BOOT_WAITS, 1).say(" ").await(U_BOOT_PROMPT, 1)
                    .say(setup + "boot\r");
            case U_BOOT_UEFI -> machine.await(U_BOOT_WAITS, 1).say(" ").await(U_BOOT_PROMPT, 1)
                    .say(setup + "virtio scan; setenv devtype virtio; setenv devnum 0;"
                            + " setenv distro_bootpart 1; run boot_efi_binary\r");
            case EDK2 -> machine.await("Press ESCAPE", 1).say("\r");
        }
        return machine;
    }

    /** What the console shows first of every start of the machine. */
    String firstWords() {
        return this == NONE ? "loader: hart" : "OpenSBI v";
    }

    private static String uBoot() {
        Assumptions.assumeTrue(Files.exists(U_BOOT),
                U_BOOT + " is missing: apt-get install u-boot-qemu");
        return U_BOOT.toString();
    }

    /** EDK2 gives applications a device tree only where QEMU gives it no ACPI tables. */
    private static List<String> edk2(Path disk) {
        Path variables = disk.resolveSibling(disk.getFileName() + ".vars");
        try {
            if (!Files.exists(variables)) {
                Files.copy(NewerMachine.edk2Variables(), variables);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of("-machine", "virt,acpi=off,pflash0=code,pflash1=variables",
                "-blockdev", "node-name=code,driver=file,read-only=on,filename="
                        + NewerMachine.edk2Code(),
                "-blockdev", "node-name=variables,driver=file,filename=" + variables);
    }
}

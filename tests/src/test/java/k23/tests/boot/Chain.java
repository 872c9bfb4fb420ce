package k23.tests.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import k23.tests.support.Command;
import k23.tests.support.Conversation;
import k23.tests.support.FlatTree;
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
    private static final int U_BOOT_NEITHER_WAITS_NOR_LOOKS = -2;
    private static final String START_EFI = "virtio scan; setenv devtype virtio; setenv devnum 0;"
            + " setenv distro_bootpart 1; run boot_efi_binary";

    /**
     * Powers a machine on that starts from the disk.
     *
     * @param disk  the disk
     * @param harts how many there are
     * @param setup commands for U-Boot before its UEFI, each with a semicolon; elsewhere nothing
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
        if (this == EXTLINUX || this == U_BOOT_UEFI) {
            command.addAll(uBootTree(command, disk, this == EXTLINUX ? "" : setup + START_EFI));
        }
        Conversation machine = new Conversation(command);
        // EDK2 goes on by itself after some seconds, too.
        return this == EDK2 ? machine.await("Press ESCAPE", 1).say("\r") : machine;
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

    /**
     * Gives a machine a device tree that tells U-Boot what to do. Otherwise it waits two seconds
     * for a key, which may be over before a loaded host lets a test see that it waits.
     */
    private static List<String> uBootTree(List<String> machine, Path disk, String doing) {
        Path file = disk.resolveSibling(disk.getFileName() + ".dtb");
        List<String> dump = new ArrayList<>(machine);
        dump.replaceAll(word -> word.equals("virt") ? "virt,dumpdtb=" + file : word);
        Command.Result result = Command.of(dump.toArray(String[]::new)).run();
        try {
            FlatTree tree = FlatTree.of(Files.readAllBytes(file));
            FlatTree.Node config = tree.root().child("config")
                    .withCell("bootdelay", U_BOOT_NEITHER_WAITS_NOR_LOOKS);
            if (!doing.isEmpty()) {
                config.with("bootcmd", doing);
            }
            Files.write(file, tree.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(result.toString(), e);
        }
        return List.of("-dtb", file.toString());
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

package k23.cli.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import k23.cli.CommandException;
import k23.cli.ExitStatus;

/** The system that comes with the command, compiled when the command was built. */
public enum SystemFiles {
    /** The loader: an ELF file that becomes the start of every image. */
    LOADER("/system/loader.elf"),
    /** The kernel with the WASM runtime: the payload of every image that names no other. */
    KERNEL("/system/kernel.elf");

    private final String resource;

    SystemFiles(String resource) {
        this.resource = resource;
    }

    /**
     * The file's bytes.
     *
     * @throws CommandException K23-5008 if this command was built without its system
     */
    public byte[] bytes() {
        try (var in = SystemFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new CommandException(
                        ExitStatus.UNAVAILABLE, "K23-5008",
                        "this k23 was built without " + resource.substring(1)
                                + ": build it with `make build`");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package k23.cli.host;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import k23.cli.CommandException;
import k23.cli.ExitStatus;
import k23.image.sign.SigningKey;

/** Where the user's own things are kept: the development key, and what can be made again. */
public final class UserFolders {
    private UserFolders() {}

    /** The cache: {@code K23_CACHE}, else {@code ~/.cache/k23}. */
    public static Path cache() {
        return named("K23_CACHE", home().resolve(".cache/k23"));
    }

    /** Settings: {@code K23_CONFIG}, else {@code ~/.config/k23}. */
    public static Path configuration() {
        return named("K23_CONFIG", home().resolve(".config/k23"));
    }

    /**
     * The file of the user's development key; made, with a word on standard error, when there is
     * none. It signs images of which nobody said who signs them.
     */
    public static Path developmentKey() {
        var file = configuration().resolve("development.pem");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(configuration());
                SigningKey.generate().write(file);
                System.err.println("k23: made a development key: " + file);
            }
        } catch (FileAlreadyExistsException e) {
            // another k23 was faster: its key is as good
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.CANNOT_CREATE, "K23-5006",
                    "the development key " + file + " cannot be written: " + e.getMessage()
                            + "; name a key with --key");
        }
        return file;
    }

    private static Path named(String variable, Path otherwise) {
        var value = System.getenv(variable);
        return value == null || value.isBlank() ? otherwise : Path.of(value);
    }

    private static Path home() {
        var home = System.getenv("HOME");
        return Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
    }
}

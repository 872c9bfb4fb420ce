package k23.tests.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import k23.tests.support.Command;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default image, with the hello program, stays small. */
class ImageSizeTest {
    /** The goal is 300 KiB; what is between leaves room for changes, not for carelessness. */
    private static final long LIMIT_BYTES = 270 << 10;

    @TempDir
    private Path folder;

    @Test
    void theDefaultImageIsSmall() throws IOException {
        Path image = folder.resolve("default.img");
        Command.Result result = Command.k23("image", "--manifest",
                Repository.ROOT.resolve("k23.yaml").toString(), "-o", image.toString()).run();
        assertEquals(0, result.status(), result::toString);
        assertTrue(Files.size(image) <= LIMIT_BYTES, result::toString);
    }
}

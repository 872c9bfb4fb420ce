package k23.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;

/** docs/MANIFEST.md lists the codes of manifests, images and the command: all, and no others. */
class MessagesTest {
    private static final Pattern CODE = Pattern.compile("K23-(4\\d{3}|50\\d\\d)");

    private static Set<String> codesIn(String text) {
        Set<String> codes = new TreeSet<>();
        var found = CODE.matcher(text);
        while (found.find()) {
            codes.add(found.group());
        }
        return codes;
    }

    @Test
    void everyCodeIsExplained() throws IOException {
        Set<String> used = new TreeSet<>(codesIn(
                Files.readString(Repository.ROOT.resolve("examples/hello/build.sh"))));
        for (Path file : Repository.sources(".java")) {
            String path = Repository.ROOT.relativize(file).toString();
            if (path.matches("(image-builder|toolchain/cli)/src/main/.*")) {
                used.addAll(codesIn(Files.readString(file)));
            }
        }
        String page = Files.readString(Repository.ROOT.resolve("docs/MANIFEST.md"));
        assertEquals(used, codesIn(page));
    }
}

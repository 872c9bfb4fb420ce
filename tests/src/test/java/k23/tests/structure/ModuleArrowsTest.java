package k23.tests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: what each module may import, whatever its pom lets it see. */
class ModuleArrowsTest {
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?(k23(?:\\.[a-z0-9]+)+)\\.", Pattern.MULTILINE);

    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("toolchain/sdk", List.of("k23.sdk")),
            Map.entry("codegen/cranelift", List.of("k23.codegen.cranelift")),
            Map.entry("codegen/link", List.of("k23.codegen.link")),
            Map.entry("codegen/asm", List.of("k23.sdk", "k23.codegen.asm", "k23.codegen.link")),
            Map.entry("codegen/compiler", List.of("k23.sdk", "k23.codegen.compiler",
                    "k23.codegen.cranelift", "k23.codegen.asm", "k23.codegen.link")),
            Map.entry("codegen/wasm", List.of("k23.sdk", "k23.runtime", "k23.codegen.wasm",
                    "k23.codegen.cranelift", "k23.codegen.asm", "k23.codegen.link")),
            Map.entry("loader-templates", List.of("k23.sdk", "k23.loader")),
            Map.entry("kernel-src", List.of("k23.sdk", "k23.kernel")),
            Map.entry("runtime-src", List.of("k23.sdk", "k23.kernel", "k23.runtime")),
            Map.entry("image-builder", List.of("k23.image", "k23.codegen.link")));

    @Test
    void everyImportFollowsAnArrow() throws IOException {
        Set<String> wrong = new TreeSet<>();
        int imports = 0;
        for (Path file : Repository.sources(".java")) {
            String path = Repository.ROOT.relativize(file).toString();
            List<String> allowed = ALLOWED.entrySet().stream()
                    .filter(e -> path.startsWith(e.getKey() + "/src/main/"))
                    .map(Map.Entry::getValue).findFirst().orElse(null);
            if (allowed == null) {
                continue;
            }
            var matcher = IMPORT.matcher(Files.readString(file));
            while (matcher.find()) {
                imports++;
                String imported = matcher.group(1);
                if (allowed.stream().noneMatch(a ->
                        imported.equals(a) || imported.startsWith(a + "."))) {
                    wrong.add(path + " imports " + imported);
                }
            }
        }
        assertEquals(Set.of(), wrong);
        assertTrue(imports > 100, "imports looked at: " + imports);
    }
}

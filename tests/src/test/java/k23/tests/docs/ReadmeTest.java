package k23.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import k23.tests.support.Command;
import k23.tests.support.Repository;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every {@code sh} block of README.md runs, in order, each in a shell that stops at the first
 * failure. {@code make} alone is only asked what it would do: these tests are part of it.
 */
class ReadmeTest {
    private static final Path README = Repository.ROOT.resolve("README.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
    private static final Pattern MAKE = Pattern.compile("(?m)^make ([a-z]+)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");
    private static final int LEAST_BLOCKS = 8;

    @TestFactory
    List<DynamicTest> everyCommandRuns() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        var blocks = BLOCK.matcher(Files.readString(README));
        while (blocks.find()) {
            var script = MAKE.matcher(blocks.group(1)).replaceAll("make -n $1 > /dev/null");
            tests.add(DynamicTest.dynamicTest(script.strip(), () -> run(script)));
        }
        assertTrue(tests.size() >= LEAST_BLOCKS, "blocks found: " + tests.size());
        return tests;
    }

    private static void run(String script) {
        Command.Result result = Command.of("bash", "-euo", "pipefail", "-c", script)
                .limit(Duration.ofMinutes(3)).run();
        assertEquals(0, result.status(), result::toString);
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Set<String> broken = new TreeSet<>();
        for (Path document : Repository.sources(".md")) {
            var links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                String target = links.group(1);
                if (!target.contains("://")
                        && !Files.exists(document.resolveSibling(target))) {
                    broken.add(Repository.ROOT.relativize(document) + ": " + target);
                }
            }
        }
        assertEquals(Set.of(), broken);
    }

    @Test
    void everyFolderIsExplained() throws IOException {
        String readme = Files.readString(README);
        for (String folder : List.of("toolchain", "codegen", "loader-templates", "kernel-src",
                "runtime-src", "image-builder", "tests", "examples", "docs")) {
            assertTrue(readme.contains("**" + folder + "/**"), folder);
        }
    }
}

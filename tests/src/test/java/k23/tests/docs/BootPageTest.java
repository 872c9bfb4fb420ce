package k23.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import k23.loader.container.ContainerProblem;
import k23.loader.efi.UefiProblem;
import k23.loader.elf.ElfProblem;
import k23.sdk.devicetree.DeviceTreeProblem;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;

/** docs/BOOT.md lists the words of every refusal of the loader's: all, and no others. */
class BootPageTest {
    private static final Pattern STOP =
            Pattern.compile("Stop\\.because\\(\"[^\"]+\", \"([^\"]+)\"");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (?:`[^`]+` )?\\| `([^`]+)` \\|$");

    @Test
    void listsEveryRefusal() throws IOException {
        Set<String> expected = new TreeSet<>();
        for (ContainerProblem problem : ContainerProblem.values()) {
            expected.add(problem.message());
        }
        for (ElfProblem problem : ElfProblem.values()) {
            expected.add(problem.message());
        }
        for (DeviceTreeProblem problem : DeviceTreeProblem.values()) {
            expected.add(problem.message());
        }
        for (UefiProblem problem : UefiProblem.values()) {
            expected.add(problem.message());
        }
        expected.remove(ContainerProblem.NONE.message());
        int coded = expected.size();
        for (Path source : Repository.sources(".java")) {
            if (source.toString().contains("loader-templates/src/main")) {
                Matcher stop = STOP.matcher(Files.readString(source));
                while (stop.find()) {
                    expected.add(stop.group(1));
                }
            }
        }
        assertTrue(expected.size() > coded + 4, "refusals in the source: " + expected);
        Set<String> listed = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Repository.ROOT.resolve("docs/BOOT.md")));
        while (row.find()) {
            listed.add(row.group(1));
        }
        assertEquals(expected, listed);
    }
}

package k23.tests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;

/** The parts of the house style that a program can see. */
class HouseStyleTest {
    private static final int LINE_COLUMNS = 100;
    private static final int FILE_LINES = 600;

    private static final List<Path> JAVA = Repository.sources(".java");

    @Test
    void linesFitTheColumns() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Path file : JAVA) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > LINE_COLUMNS) {
                    wrong.add(Repository.ROOT.relativize(file) + ":" + (i + 1));
                }
            }
        }
        assertEquals(Set.of(), wrong, "lines of more than " + LINE_COLUMNS + " columns");
    }

    @Test
    void filesStaySmall() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Path file : JAVA) {
            long lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES) {
                wrong.add(Repository.ROOT.relativize(file) + ": " + lines);
            }
        }
        assertEquals(Set.of(), wrong, "files of more than " + FILE_LINES + " lines");
    }

    @Test
    void everyPackageIsDocumented() {
        Set<Path> packages = new TreeSet<>();
        for (Path file : JAVA) {
            if (file.toString().contains("/src/main/java/")) {
                packages.add(file.getParent());
            }
        }
        assertTrue(packages.size() > 10, "packages seen: " + packages.size());
        packages.removeIf(folder -> Files.exists(folder.resolve("package-info.java")));
        assertEquals(Set.of(), packages, "packages without package-info.java");
    }

    @Test
    void nothingIsLeftToDo() throws IOException {
        Set<String> wrong = new TreeSet<>();
        String marker = "TO" + "DO";
        for (Path file : JAVA) {
            if (Files.readString(file).contains(marker)) {
                wrong.add(Repository.ROOT.relativize(file).toString());
            }
        }
        assertEquals(Set.of(), wrong);
    }
}

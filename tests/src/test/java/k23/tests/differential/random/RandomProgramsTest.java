package k23.tests.differential.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random programs do on the machine what they do on the JVM. */
class RandomProgramsTest {
    private static final int BATCH = 100;

    @Test
    void hundredsOfProgramsAgree() {
        assertAgreement(0, 300);
    }

    @Test
    @Tag("nightly")
    void thousandsOfProgramsAgree() {
        assertAgreement(1_000_000, 10_000);
    }

    private static void assertAgreement(long firstSeed, int count) {
        for (int done = 0; done < count; done += BATCH) {
            List<RandomProgram> programs = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                programs.add(new ProgramGenerator(firstSeed + done + i).program());
            }
            List<Difference> differences = new ProgramBatch(programs).differences();
            assertEquals("", differences.isEmpty() ? ""
                    : differences.size() + " differences, the first: "
                            + differences.getFirst().shrunk());
        }
    }
}

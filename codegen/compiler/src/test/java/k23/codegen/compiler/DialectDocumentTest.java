package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/DIALECT.md} says what the compiler does; {@code -Dk23.approve=true} rewrites it. */
class DialectDocumentTest {
    @Test
    void isUpToDate() throws Exception {
        Path module = Path.of("").toAbsolutePath();
        Path document = module.resolve("../../docs/DIALECT.md").normalize();
        String wanted = DialectDocument.write(module.resolve("src/test/resources/negative"));
        if (Boolean.getBoolean("k23.approve")) {
            Files.writeString(document, wanted);
        }
        assertEquals(wanted, Files.readString(document),
                "docs/DIALECT.md is stale; run this test with -Dk23.approve=true");
    }
}

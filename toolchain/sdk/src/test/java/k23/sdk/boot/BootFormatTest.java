package k23.sdk.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import k23.sdk.At;
import k23.sdk.riscv.IsaExtension;
import org.junit.jupiter.api.Test;

/**
 * What loader and payload agree on is what the file of this version says: who changes it takes the
 * next version ({@code -Dk23.approve=true} writes its file).
 */
class BootFormatTest {
    private static final Path GOLDEN = Path.of("src/test/resources/k23/sdk/boot/boot-info-"
            + BootInfo.VERSION + ".txt");

    @Test
    void theLayoutIsThatOfItsVersion() throws IOException {
        String actual = fields(BootInfo.class) + fields(BootHart.class)
                + fields(MemoryRegion.class) + kinds() + extensions();
        if (Boolean.getBoolean("k23.approve")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, actual);
        }
        assertTrue(Files.exists(GOLDEN), "no layout of version " + BootInfo.VERSION);
        assertEquals(Files.readString(GOLDEN), actual);
    }

    /** Offset and name of each field, by offset. */
    private static String fields(Class<?> type) throws IOException {
        try (var in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return ClassFile.of().parse(in.readAllBytes()).methods().stream()
                    .filter(m -> m.methodTypeSymbol().parameterCount() == 0)
                    .flatMap(m -> field(type, m))
                    .sorted(Comparator.comparing(l -> Integer.valueOf(l.split(" ")[1])))
                    .collect(Collectors.joining());
        }
    }

    private static Stream<String> field(Class<?> type, MethodModel getter) {
        return getter.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                .flatMap(all -> all.annotations().stream())
                .filter(a -> a.classSymbol().equals(ClassDesc.of(At.class.getName())))
                .map(a -> (AnnotationValue.OfInt) a.elements().getFirst().value())
                .map(at -> type.getSimpleName() + " " + at.intValue() + " "
                        + getter.methodName().stringValue() + "\n");
    }

    private static String kinds() {
        return Arrays.stream(MemoryRegion.class.getFields())
                .filter(f -> Modifier.isStatic(f.getModifiers()) && f.getType() == long.class)
                .map(f -> {
                    try {
                        return "MemoryRegion.kind " + f.getLong(null) + " " + f.getName() + "\n";
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }).sorted().collect(Collectors.joining());
    }

    private static String extensions() {
        return Arrays.stream(IsaExtension.values())
                .map(e -> "IsaExtension.bit " + Long.numberOfTrailingZeros(e.bit()) + " "
                        + e.specName() + "\n")
                .collect(Collectors.joining());
    }
}

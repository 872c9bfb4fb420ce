package k23.cli.build;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import k23.kernel.Kernel;
import k23.runtime.K23;
import k23.sdk.Entry;

/** The kernel's and the runtime's class files, which come with the command, and their sources. */
public final class SystemClasses {
    private static final Path SOURCES = Path.of("src/main/java");

    private SystemClasses() {}

    /** The kernel with the runtime, compiled otherwise than {@link SystemFiles#KERNEL} was. */
    static byte[] kernel(JavaOptions options) {
        return JavaPayload.ofClasses(classes().toList(), K23.class.getName(), options);
    }

    /** The source folders of both and of the SDK where this command runs in its checkout. */
    public static List<Path> sources() {
        return Stream.of(Kernel.class, K23.class, Entry.class).map(SystemClasses::place)
                .map(Path::getParent).map(Path::getParent)
                .map(module -> module.resolve(SOURCES)).filter(Files::isDirectory).toList();
    }

    private static Stream<Path> classes() {
        return Stream.of(Kernel.class, K23.class).map(SystemClasses::place);
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package k23.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import k23.cli.build.JavaPayload;
import k23.cli.build.SystemFiles;
import k23.image.ImageBuilder;
import k23.image.container.Bundle;
import k23.image.container.Compression;
import k23.image.loader.KeyTable;
import k23.image.sign.SigningKey;
import k23.junit.guest.TestArguments;
import k23.sdk.Paging;

/** The signed images of one class: one for all tests that need the same kind of payload. */
final class TestImages {
    /**
     * What distinguishes payloads.
     *
     * @param kernel    whether the kernel is started
     * @param everyHart whether all harts enter
     * @param paging    the virtual-memory modes, in order of preference
     */
    record Kind(boolean kernel, boolean everyHart, List<Paging> paging) {
        static Kind of(TestMethod test) {
            KernelTest wanted = test.expectation();
            return new Kind(wanted.kernel(), wanted.everyHart(), List.of(wanted.paging()));
        }

        /** Its folder. */
        String name() {
            return (kernel ? "kernel-" : everyHart ? "every-hart-" : "bare-")
                    + paging.stream().map(Paging::name).collect(Collectors.joining("-"));
        }
    }

    /**
     * How one test is booted.
     *
     * @param image     the signed image, for QEMU's {@code -kernel}
     * @param arguments the boot arguments that choose the test
     */
    record Bootable(Path image, String arguments) {}

    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);

    private final Map<TestMethod, Bootable> tests = new HashMap<>();
    private final Map<Kind, RuntimeException> refusals = new HashMap<>();

    private TestImages() {}

    /** Compiles the tests of one class; what does not compile fails when it is asked for. */
    static TestImages build(List<TestMethod> tests, Path folder) {
        Map<Kind, List<TestMethod>> kinds = new LinkedHashMap<>();
        tests.forEach(test -> kinds.computeIfAbsent(Kind.of(test), _ -> new ArrayList<>())
                .add(test));
        var images = new TestImages();
        kinds.forEach((kind, members) -> {
            try {
                images.add(kind, members, folder.resolve(kind.name()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (RuntimeException e) {
                images.refusals.put(kind, e);
            }
        });
        return images;
    }

    private void add(Kind kind, List<TestMethod> members, Path folder) throws IOException {
        Class<?> owner = members.getFirst().method().getDeclaringClass();
        EntryClass entry = EntryClass.of(owner, kind, members);
        Path file = Files.createDirectories(folder).resolve("classes")
                .resolve(entry.name().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, entry.bytes());
        List<Path> classPath = new ArrayList<>(List.of(folder.resolve("classes")));
        classPath.addAll(ClassRoots.of(owner, entry.bytes()));
        byte[] payload = JavaPayload.ofClasses(classPath, entry.name());
        var builder = new ImageBuilder(SystemFiles.LOADER.bytes(), payload, new Bundle(List.of()),
                Compression.LZ4, new KeyTable(List.of(KEY.verifyingKey()), 0), KEY.verifyingKey(),
                0, "");
        Path image = Files.write(folder.resolve("tests.img"), builder.bare().sign(KEY).bytes());
        for (int i = 0; i < members.size(); i++) {
            tests.put(members.get(i), new Bootable(image, TestArguments.PREFIX + i));
        }
    }

    /** How {@code test} is booted; throws what its compilation threw. */
    Bootable of(TestMethod test) {
        RuntimeException refusal = refusals.get(Kind.of(test));
        if (refusal != null) {
            throw refusal;
        }
        return tests.get(test);
    }
}

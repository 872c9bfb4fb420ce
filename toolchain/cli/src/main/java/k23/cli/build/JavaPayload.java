package k23.cli.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import k23.cli.CommandException;
import k23.cli.ExitStatus;
import k23.cli.host.HostFiles;
import k23.cli.host.TemporaryFolder;
import k23.codegen.compiler.CompileResult;
import k23.codegen.compiler.Compiler;
import k23.sdk.Entry;
import k23.sdk.processor.EntryProcessor;

/** Java for the bare machine: from a source file, or class files, to a payload's ELF file. */
public final class JavaPayload {
    private static final String ENTRY = Entry.class.descriptorString();

    private JavaPayload() {}

    /**
     * Compiles one source file that has an {@code @Entry} method.
     *
     * @throws CommandException K23-5011 for what javac refuses, K23-1nnn for what the dialect does,
     *     K23-5012 if there is no entry
     */
    public static byte[] ofSource(Path source) {
        return ofSource(source, JavaOptions.NONE);
    }

    /** The same, compiled as {@code options} say. */
    public static byte[] ofSource(Path source, JavaOptions options) {
        return compileSource(source, options).image().elf();
    }

    /** The same, with the compiler's report. */
    public static CompileResult.Compiled compileSource(Path source, JavaOptions options) {
        try (var folder = TemporaryFolder.named("k23-classes")) {
            var classes = folder.path();
            javac(source, classes);
            return compileClasses(List.of(classes), entryIn(source.toString(), classes), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Compiles class files.
     *
     * @param classPath folders and jars
     * @param entryClass the class with the {@code @Entry} method
     */
    public static byte[] ofClasses(List<Path> classPath, String entryClass) {
        return ofClasses(classPath, entryClass, JavaOptions.NONE);
    }

    /** The same, compiled as {@code options} say. */
    public static byte[] ofClasses(
            List<Path> classPath, String entryClass, JavaOptions options) {
        return compileClasses(classPath, entryClass, options).image().elf();
    }

    /** The same, with the compiler's report. */
    public static CompileResult.Compiled compileClasses(
            List<Path> classPath, String entryClass, JavaOptions options) {
        classPath.forEach(JavaPayload::requireClasses);
        var request = options.request(classPath).entryClass(entryClass).build();
        return switch (Compiler.compile(request)) {
            case CompileResult.Compiled compiled -> compiled;
            case CompileResult.Refused refused ->
                throw CommandException.ofLines(
                        ExitStatus.DATA,
                        refused.diagnostics().stream().map(Object::toString).toList());
        };
    }

    private static void requireClasses(Path entry) {
        if (Files.isDirectory(entry)) {
            return;
        }
        HostFiles.requireFile(entry);
        try {
            new ZipFile(entry.toFile()).close();
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.NO_INPUT, "K23-5005",
                    entry + " is neither a folder of class files nor a jar: " + e.getMessage());
        }
    }

    private static void javac(Path source, Path classes) throws IOException {
        HostFiles.requireFile(source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new CommandException(
                    ExitStatus.UNAVAILABLE, "K23-5010",
                    "this Java has no compiler: run k23 with a JDK, not a JRE");
        }
        var collector = new DiagnosticCollector<JavaFileObject>();
        var options = List.of(
                "-d", classes.toString(), "-cp", sdk().toString(), "-g", "-parameters",
                "-processor", EntryProcessor.class.getName(), "-processorpath", sdk().toString());
        try (var files = compiler.getStandardFileManager(
                collector, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean good = compiler.getTask(
                    null, files, collector, options, null, files.getJavaFileObjects(source)).call();
            if (!good) {
                throw CommandException.ofLines(ExitStatus.DATA, errors(collector, source));
            }
        }
    }

    private static List<String> errors(
            DiagnosticCollector<JavaFileObject> collector, Path source) {
        var lines = new ArrayList<String>();
        for (var diagnostic : collector.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                var message = diagnostic.getMessage(Locale.ROOT).replace("\n", " ");
                var place = source + (diagnostic.getLineNumber() > 0
                        ? ":" + diagnostic.getLineNumber() + ":" + diagnostic.getColumnNumber()
                        : "");
                // The entry processor's messages have codes of their own.
                boolean coded = message.matches("K23-\\d{4}: .*");
                lines.add(coded
                        ? message.replaceFirst(": ", ": " + place + ": ")
                        : "K23-5011: " + place + ": javac: " + message);
            }
        }
        return lines;
    }

    private static String entryIn(String source, Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                ClassModel model = ClassFile.of().parse(file);
                if (model.methods().stream().anyMatch(method -> method
                        .findAttribute(Attributes.runtimeInvisibleAnnotations())
                        .map(all -> all.annotations().stream()
                                .anyMatch(a -> a.className().equalsString(ENTRY)))
                        .orElse(false))) {
                    return model.thisClass().asInternalName().replace('/', '.');
                }
            }
        }
        throw new CommandException(
                ExitStatus.DATA, "K23-5012",
                source + " has no entry: annotate `static void main(int hart, BootInfo boot)`"
                        + " with @k23.sdk.Entry");
    }

    /** The jar, or folder, that the SDK was loaded from. */
    private static Path sdk() {
        try {
            return Path.of(
                    Entry.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

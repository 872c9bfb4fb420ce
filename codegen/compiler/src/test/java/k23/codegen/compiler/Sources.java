package k23.codegen.compiler;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles Java sources with javac, as users do, against the SDK on the test's class path. */
final class Sources {
    private Sources() {}

    /** Compiles {@code text}, the file {@code name}, into {@code folder}. */
    static void compile(Path folder, String name, String text) {
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///" + name),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        StringWriter messages = new StringWriter();
        boolean done = ToolProvider.getSystemJavaCompiler().getTask(messages, null, null,
                List.of("-g", "-d", folder.toString(), "-proc:none", "-classpath",
                        System.getProperty("java.class.path")), null, List.of(source)).call();
        if (!done) {
            throw new AssertionError(name + ": " + messages);
        }
    }
}

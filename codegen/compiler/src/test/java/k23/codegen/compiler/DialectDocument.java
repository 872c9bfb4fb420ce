package k23.codegen.compiler;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.intrinsic.Intrinsics;
import k23.codegen.compiler.support.JavaBoolean;
import k23.codegen.compiler.support.JavaCharacter;
import k23.codegen.compiler.support.JavaInteger;
import k23.codegen.compiler.support.JavaLong;
import k23.codegen.compiler.support.JavaString;
import k23.codegen.compiler.world.JdkCode;

/** Writes {@code docs/DIALECT.md} from the compiler's own tables and its negative tests. */
final class DialectDocument {
    private static final String HEAD = """
            # The dialect

            > Written by `DialectDocumentTest` from the compiler's tables and its negative tests; \
            do not edit.
            > Regenerate with `mvn -pl codegen/compiler -am test -Dtest=DialectDocumentTest \
            -Dk23.approve=true -Dsurefire.failIfNoSpecifiedTests=false`.

            A record is a value, a class is a reference, a static initialiser runs at build time. \
            The compiler reads what `javac` 25 writes, follows everything that the entry can reach,
            and compiles that and nothing else.

            """;

    private static final Map<Integer, String> ELSEWHERE = Map.of(
            1024, "@Entry\nstatic void main(long hart) { } // refused\n",
            1029, "(a damaged file)\n");

    private final StringBuilder text = new StringBuilder(HEAD);

    private DialectDocument() {}

    static String write(Path negative) throws IOException {
        DialectDocument document = new DialectDocument();
        document.features();
        document.library();
        document.symbols();
        document.diagnostics(negative);
        return document.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void features() {
        line("## What compiles\n");
        line("| part | Java | how |");
        line("|---|---|---|");
        for (Feature feature : Feature.values()) {
            line("| " + feature.area() + " | " + feature.what() + " | " + feature.how() + " |");
        }
        line("");
    }

    private void library() {
        line("## Methods of the JDK and the SDK that the compiler knows\n");
        line("Everything else of the JDK is refused with K23-1003. Methods of the SDK that are not "
                + "listed are compiled like any other code.\n");
        line("| class | methods |");
        line("|---|---|");
        TreeMap<String, TreeSet<String>> methods = new TreeMap<>();
        for (String key : Intrinsics.keys()) {
            int dot = key.indexOf('.');
            if (dot > 0 && key.contains("(")) {
                methods.computeIfAbsent(key.substring(0, dot).replace('/', '.'),
                        _ -> new TreeSet<>()).add(key.substring(dot + 1, key.indexOf('(')));
            }
        }
        support(methods, "java.lang.String", JavaString.class);
        support(methods, "java.lang.Boolean", JavaBoolean.class);
        support(methods, "java.lang.Character", JavaCharacter.class);
        support(methods, "java.lang.Integer", JavaInteger.class);
        support(methods, "java.lang.Long", JavaLong.class);
        methods.keySet().removeIf(owner -> owner.startsWith("k23.codegen."));
        methods.keySet().removeIf(owner -> owner.startsWith("jdk."));
        methods.forEach((owner, names) -> line("| `" + owner + "` | "
                + names.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "))
                + " |"));
        line("");
        line("Other static methods of these classes, and objects of those that are no boxed "
                + "numbers, are compiled from the JDK's class files: "
                + JdkCode.classes().stream().filter(name -> name.startsWith("java."))
                .filter(name -> !name.contains("CharacterData"))
                .map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                + ". Methods that take or make boxed numbers, or make strings, are refused.");
        line("");
    }

    private static void support(Map<String, TreeSet<String>> methods, String owner,
            Class<?> support) {
        TreeSet<String> names = methods.computeIfAbsent(owner, _ -> new TreeSet<>());
        Arrays.stream(support.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers())).map(Method::getName)
                .forEach(names::add);
    }

    private void symbols() {
        line("""
                ## Symbols

                | what | symbol |
                |---|---|
                | a method | `package.Class.method(descriptor)`, descriptors as the JVM writes \
                them |
                | an exported static method: the entry, a root, or what a template refers to | \
                `package.Class.method`, or the value of its `@Symbol` |
                | a static field that is not final | `package.Class.field` |
                | the start of a payload | `k23_entry`; it calls the `@Entry` method and powers \
                off behind it |

                """);
    }

    private void diagnostics(Path negative) throws IOException {
        line("## Diagnostics\n");
        line("All of a program are reported at once, sorted by place:\n");
        line("```\nMain.java:5 (Main.run): K23-1005: catch: catch (java.lang.ArithmeticException)\n"
                + "    why: ...\n    do: ...\n```\n");
        List<Problem> problems = new ArrayList<>(List.of(Problem.values()));
        problems.sort(Comparator.comparingInt(Problem::code));
        for (Problem problem : problems) {
            line("### K23-" + problem.code() + " " + problem.title() + "\n");
            line("Why: " + problem.why() + ".  ");
            line("Do: " + problem.advice() + ".\n");
            Path example = negative.resolve("K23-" + problem.code() + ".java");
            String code = ELSEWHERE.containsKey(problem.code())
                    ? ELSEWHERE.get(problem.code()) : Files.readString(example);
            line("```java\n" + code.replaceAll("// expect( \\w+)?", "// refused") + "```\n");
        }
        text.setLength(text.length() - 1);
    }
}

package k23.codegen.cranelift;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import k23.codegen.cranelift.CompiledFunction.Relocation;
import k23.codegen.cranelift.CompiledFunction.Target;

/**
 * Compiled functions {@code (i64, i64) -> i64}, linked by GNU tools into a program that calls each
 * with each pair of inputs and prints the results: tools that know nothing of this project.
 */
final class RiscvProgram {
    private static final String HARNESS = """
            #include <stdio.h>
            typedef long function(long, long);
            extern function *const functions[];
            extern const long function_count, inputs[], input_count;
            long data[2] = {23, 42};
            long plus_one(long x, long y) { return x + y + 1; }
            int main(void) {
                for (long f = 0; f < function_count; f++)
                    for (long i = 0; i < input_count; i++)
                        printf("%ld\\n", functions[f](inputs[2 * i], inputs[2 * i + 1]));
                return 0;
            }
            """;

    private RiscvProgram() {}

    /** The results, by function and then by input. */
    static List<Long> run(Path folder, List<CompiledFunction> functions, List<long[]> inputs)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("harness.c"), HARNESS);
        Files.writeString(folder.resolve("functions.s"), assembly(functions, inputs));
        command(folder, "riscv64-linux-gnu-gcc", "-static", "-O1", "-o", "program", "harness.c",
                "functions.s");
        return command(folder, "timeout", "60", "qemu-riscv64", "program").lines()
                .map(Long::valueOf).toList();
    }

    private static String assembly(List<CompiledFunction> functions, List<long[]> inputs) {
        var text = new StringBuilder("\t.option norelax\n\t.text\n");
        for (int i = 0; i < functions.size(); i++) {
            function(text, functions.get(i), "f" + i);
        }
        text.append("\t.section .rodata\n\t.balign 8\n\t.globl functions, function_count, inputs, "
                + "input_count\nfunctions:\n");
        for (int i = 0; i < functions.size(); i++) {
            text.append("\t.dword f").append(i).append('\n');
        }
        text.append("function_count:\t.dword ").append(functions.size()).append("\ninputs:\n");
        for (long[] pair : inputs) {
            text.append("\t.dword ").append(pair[0]).append(", ").append(pair[1]).append('\n');
        }
        return text.append("input_count:\t.dword ").append(inputs.size())
                .append("\n\t.section .note.GNU-stack,\"\",@progbits\n").toString();
    }

    private static void function(StringBuilder text, CompiledFunction function, String label) {
        text.append("\t.balign ").append(function.alignment()).append('\n').append(label)
                .append(":\n");
        var labels = new TreeSet<Integer>();
        for (Relocation r : function.relocations()) {
            String target = switch (r.target()) {
                case Target.Symbol(String name) -> name;
                case Target.Label(int offset) -> {
                    labels.add(offset);
                    yield label + "_" + offset;
                }
            };
            String kind = r.kind() == RelocationKind.ABSOLUTE_64 ? "64" : r.kind().name();
            text.append("\t.reloc ").append(label).append('+').append(r.offset())
                    .append(", R_RISCV_").append(kind).append(", ").append(target).append('\n');
        }
        byte[] code = function.code();
        for (int i = 0; i < code.length; i++) {
            if (labels.contains(i)) {
                text.append(label).append('_').append(i).append(":\n");
            }
            text.append("\t.byte ").append(code[i]).append('\n');
        }
    }

    private static String command(Path folder, String... words)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process;
        try {
            process = new ProcessBuilder(words).directory(folder.toFile())
                    .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        } catch (IOException e) {
            throw new IOException(words[0] + " is missing: make setup installs it", e);
        }
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", words) + " failed:\n"
                    + Files.readString(output, StandardCharsets.ISO_8859_1).lines().limit(20)
                            .collect(Collectors.joining("\n")));
        }
        return Files.readString(output);
    }
}

package k23.codegen.cranelift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.cranelift.CompilationCache.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function comes out of the cache as it came out of Cranelift. */
class CompilationCacheTest {
    private static List<FunctionDescription> functions(int first, int last) {
        var functions = new ArrayList<FunctionDescription>();
        for (int seed = first; seed < last; seed++) {
            functions.add(RandomFunctions.function(seed, 30));
        }
        return functions;
    }

    private static CompiledFunction compile(Isa isa, FunctionDescription function,
                                            CompilationCache cache) {
        try (Worker worker = isa.worker()) {
            return worker.compile(function, cache);
        }
    }

    private static Statistics build(Path file, IsaSettings settings,
                                    List<FunctionDescription> functions) throws Exception {
        CompilationCache cache = CompilationCache.open(file);
        try (Isa isa = Cranelift.load().isa(settings)) {
            List<CompiledFunction> fresh = isa.compile(functions, 2);
            List<CompiledFunction> cached = functions.parallelStream()
                    .map(function -> compile(isa, function, cache)).toList();
            for (int i = 0; i < fresh.size(); i++) {
                CompiledFunction expected = fresh.get(i);
                CompiledFunction actual = cached.get(i);
                assertArrayEquals(expected.code(), actual.code());
                assertEquals(expected.name(), actual.name());
                assertEquals(expected.relocations(), actual.relocations());
                assertEquals(expected.traps(), actual.traps());
                assertEquals(expected.sourceRanges(), actual.sourceRanges());
                assertEquals(expected.labelRanges(), actual.labelRanges());
                assertEquals(expected.frameBytes(), actual.frameBytes());
            }
        }
        cache.save();
        return cache.statistics();
    }

    @Test
    void whatIsUnchangedIsFound(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("sub/functions");
        IsaSettings settings = IsaSettings.standard();
        assertEquals(new Statistics(0, 20), build(file, settings, functions(0, 20)));
        assertEquals(new Statistics(20, 0), build(file, settings, functions(0, 20)));
        assertEquals(new Statistics(10, 5), build(file, settings, functions(10, 25)));
        assertEquals(new Statistics(0, 10), build(file, settings, functions(0, 10)));
        assertEquals(new Statistics(0, 10),
                build(file, settings.with("opt_level", "none"), functions(0, 10)));
    }

    @Test
    void aDamagedFileIsAnEmptyCache(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("functions");
        IsaSettings settings = IsaSettings.standard();
        build(file, settings, functions(0, 5));
        byte[] sound = Files.readAllBytes(file);
        for (int at = 0; at < sound.length; at += sound.length / 20) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            assertEquals(new Statistics(0, 5), build(file, settings, functions(0, 5)));
        }
        Files.write(file, java.util.Arrays.copyOf(sound, 40));
        assertEquals(new Statistics(0, 5), build(file, settings, functions(0, 5)));
    }

    @Test
    void theFileIsTheSameForAnyOrder(@TempDir Path folder) throws Exception {
        build(folder.resolve("a"), IsaSettings.standard(), functions(0, 8));
        build(folder.resolve("b"), IsaSettings.standard(), functions(0, 8).reversed());
        assertArrayEquals(Files.readAllBytes(folder.resolve("a")),
                Files.readAllBytes(folder.resolve("b")));
    }
}

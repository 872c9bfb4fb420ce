package k23.codegen.cranelift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import k23.codegen.cranelift.CompiledFunction.Place;
import k23.codegen.cranelift.CompiledFunction.Relocation;
import k23.codegen.cranelift.CompiledFunction.SourceRange;
import k23.codegen.cranelift.CompiledFunction.Target;
import k23.codegen.cranelift.CompiledFunction.TrapSite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back of a compilation, and what is refused. */
class CompileTest {
    private static final Signature UNARY = Signature.of(List.of(Type.I64), List.of(Type.I64));
    private static final Isa ISA =
            Cranelift.load().isa(IsaSettings.standard().withVerifier(true));
    private static final Worker WORKER = ISA.worker();

    @AfterAll
    static void close() {
        WORKER.close();
        ISA.close();
    }

    @Test
    void textNamesSymbols() {
        var f = new FunctionBuilder("a.b(C)", UNARY);
        Value x = f.entry().getFirst();
        Value sum = f.iadd(x, f.symbolAddress("some data"));
        f.returnValues(f.call(f.declareFunction("other", UNARY), sum));
        assertEquals("""
                function %a.b(C)(i64) -> i64 system_v {
                    gv0 = symbol colocated %some data
                    sig0 = (i64) -> i64 system_v
                    fn0 = colocated %other sig0

                block0(v0: i64):
                    v1 = symbol_value.i64 gv0
                    v2 = iadd v0, v1
                    v3 = call fn0(v2)
                    return v3
                }
                """, WORKER.clif(f.finish()).replaceAll("(?m)^ +$", ""));
    }

    @Test
    void relocationsTrapsAndRangesComeBack() {
        var f = new FunctionBuilder("f", UNARY);
        Value x = f.entry().getFirst();
        f.sourceLocation(3);
        f.trapz(x, TrapCode.user(7));
        f.sourceLocation(4);
        Value loaded = f.load(Type.I64, MemoryFlags.DEFAULT.trap(TrapCode.user(9)), x, 8);
        f.sourceLocation(FunctionBuilder.NO_LOCATION);
        Value sum = f.iadd(loaded, f.symbolAddress("data"));
        f.returnValues(f.call(f.declareFunction("callee", UNARY), sum));
        CompiledFunction c = WORKER.compile(f);
        assertEquals(0, c.code().length % 2);
        assertEquals(4, c.alignment());
        assertEquals(16, c.frameBytes());
        assertEquals(List.of(RelocationKind.GOT_HI20, RelocationKind.PCREL_LO12_I,
                RelocationKind.CALL_PLT), c.relocations().stream().map(Relocation::kind).toList());
        int data = c.relocations().getFirst().offset();
        assertEquals(List.of(new Target.Symbol("data"), new Target.Label(data),
                new Target.Symbol("callee")),
                c.relocations().stream().map(Relocation::target).toList());
        assertEquals(2, c.traps().size());
        for (TrapSite trap : c.traps()) {
            SourceRange range = c.sourceRanges().stream().filter(r -> r.start() <= trap.offset()
                    && trap.offset() < r.end()).findFirst().orElseThrow();
            assertEquals(trap.code().code() == 7 ? 3 : 4, range.location());
        }
        assertTrue(c.traps().getFirst().offset() < c.traps().getLast().offset(), c.toString());
    }

    @Test
    void theLocationBeforeTheFirstOneIsKept() {
        // To Cranelift, its distance from the first one would be that of no location.
        var f = new FunctionBuilder("f", UNARY);
        Value x = f.entry().getFirst();
        f.sourceLocation(1);
        f.trapz(x, TrapCode.user(7));
        f.sourceLocation(0);
        Value loaded = f.load(Type.I64, MemoryFlags.DEFAULT.trap(TrapCode.user(9)), x, 8);
        f.returnValues(loaded);
        CompiledFunction c = WORKER.compile(f);
        assertEquals(List.of(0, 1), c.sourceRanges().stream().map(SourceRange::location)
                .distinct().sorted().toList());
    }

    @Test
    void labelledValuesAreFound() {
        var f = new FunctionBuilder("f", UNARY);
        Value x = f.entry().getFirst();
        f.label(x, 5);
        f.fence();
        Value kept = f.iaddImm(x, 1);
        f.label(kept, 6);
        Value result = f.call(f.declareFunction("callee", UNARY), x).getFirst();
        f.returnValues(f.iadd(result, kept));
        CompiledFunction c = WORKER.compile(f);
        var first = c.labelRanges().stream().filter(r -> r.label() == 5).findFirst().orElseThrow();
        int argument = 10;
        assertEquals(new Place.Register(argument), first.place());
        assertTrue(first.start() < first.end() && first.end() <= c.code().length);
        assertTrue(c.labelRanges().stream().anyMatch(r -> r.label() == 6), c.toString());
        var unlabelled = new FunctionBuilder("g", UNARY);
        unlabelled.returnValues(unlabelled.entry());
        assertEquals(List.of(), WORKER.compile(unlabelled).labelRanges());
    }

    @Test
    void aDeviceAccessBetweenFencesIsNeitherMergedNorDropped() {
        var f = new FunctionBuilder("poll", UNARY);
        Value x = f.entry().getFirst();
        Value sum = f.iconst(Type.I64, 0);
        for (int i = 0; i < 2; i++) {
            f.fence();
            sum = f.iadd(sum, f.uload32(MemoryFlags.TRUSTED, x, 0));
            f.fence();
            f.istore32(MemoryFlags.TRUSTED, f.iconst(Type.I64, 1), x, 4);
        }
        f.fence();
        f.returnValues(sum);
        String text = WORKER.assembly(f.finish());
        assertEquals(2, count("\\blwu\\b", text), text);
        assertEquals(2, count("\\bsw\\b", text), text);
    }

    @Test
    void redundantPlainLoadsAreMerged() {
        var f = new FunctionBuilder("twice", UNARY);
        Value x = f.entry().getFirst();
        f.returnValues(f.iadd(f.load(Type.I64, MemoryFlags.TRUSTED, x, 0),
                f.load(Type.I64, MemoryFlags.TRUSTED, x, 0)));
        String text = WORKER.assembly(f.finish());
        assertEquals(1, count("\\bld a\\d", text), text);
    }

    @Test
    void resultsAreTheSameForAnyNumberOfThreads() {
        List<FunctionDescription> all = new ArrayList<>();
        for (int seed = 0; seed < 60; seed++) {
            all.add(RandomFunctions.function(seed, 60));
        }
        List<CompiledFunction> one = ISA.compile(all, 1);
        List<CompiledFunction> four = ISA.compile(all, 4);
        for (int i = 0; i < all.size(); i++) {
            assertEquals(all.get(i).name(), four.get(i).name());
            assertArrayEquals(one.get(i).code(), four.get(i).code());
            assertEquals(one.get(i).relocations(), four.get(i).relocations());
            assertEquals(one.get(i).traps(), four.get(i).traps());
            assertEquals(one.get(i).sourceRanges(), four.get(i).sourceRanges());
            assertEquals(one.get(i).labelRanges(), four.get(i).labelRanges());
        }
    }

    @Test
    void aFailureNamesTheFirstFunction() {
        var bad = new FunctionBuilder("three.results",
                Signature.of(List.of(), Collections.nCopies(3, Type.I64)));
        bad.entry();
        Value x = bad.iconst(Type.I64, 1);
        bad.returnValues(x, x, x);
        var list = List.of(RandomFunctions.function(1, 10), bad.finish());
        var e = assertThrows(CraneliftException.class, () -> ISA.compile(list, 2));
        assertEquals("cannot compile three.results: a signature has more than two integer or two "
                + "float results", e.getMessage());
    }

    @Test
    void tooManyValuesAreRefused() {
        var f = new FunctionBuilder("huge", Signature.of(List.of(), List.of()));
        f.entry();
        for (int i = 0; i <= FunctionDescription.MAX_VALUES; i++) {
            f.iconst(Type.I64, i);
        }
        f.returnValues();
        var e = assertThrows(CraneliftException.class, () -> WORKER.compile(f));
        assertTrue(e.getMessage().contains("limit is 1048576"), e.getMessage());
    }

    @Test
    void mistakesShowWhereTheyAreMade() {
        var f = new FunctionBuilder("f", UNARY);
        assertThrows(IllegalStateException.class, f::fence);
        Value x = f.entry().getFirst();
        Value narrow = f.iconst(Type.I32, 1);
        assertThrows(IllegalArgumentException.class, () -> f.iadd(x, narrow));
        assertThrows(IllegalArgumentException.class, () -> f.returnValues());
        assertThrows(IllegalArgumentException.class, () -> f.uextend(Type.I32, x));
        Block empty = f.createBlock();
        assertThrows(IllegalStateException.class, () -> f.switchTo(empty));
        assertThrows(IllegalArgumentException.class, () -> f.jump(empty, x));
        f.jump(empty);
        assertThrows(IllegalStateException.class, f::finish);
    }

    @Test
    void settingsThatDoNotExistAreRefused() {
        var e = assertThrows(CraneliftException.class,
                () -> Cranelift.load().isa(IsaSettings.standard().with("no_such_thing", "1")));
        assertTrue(e.getMessage().contains("no_such_thing"), e.getMessage());
        for (String name : IsaSettings.probingStack().values().keySet()) {
            assertTrue(Cranelift.load().settings().contains(name), name);
        }
    }

    @Test
    void stackProbesAreInline() {
        var f = new FunctionBuilder("large", UNARY);
        Value x = f.entry().getFirst();
        StackSlot slot = f.createStackSlot(16384, 16);
        f.stackStore(x, slot, 8);
        f.returnValues(f.load(Type.I64, MemoryFlags.TRUSTED, f.stackAddress(slot, 0), 8));
        FunctionDescription description = f.finish();
        try (Isa isa = Cranelift.load().isa(IsaSettings.probingStack());
                Worker worker = isa.worker()) {
            CompiledFunction probing = worker.compile(description);
            assertEquals(List.of(), probing.relocations());
            assertTrue(probing.code().length > WORKER.compile(description).code().length);
            assertEquals(16384 + 16, probing.frameBytes());
        }
    }

    @Test
    void aMissingLibraryIsTheUsersError(@TempDir Path folder) throws Exception {
        var missing = assertThrows(CraneliftException.class,
                () -> Cranelift.open(folder.resolve("nothing.so")));
        assertTrue(missing.getMessage().startsWith("K23-5901"), missing.getMessage());
        assertTrue(missing.getMessage().contains("make native"), missing.getMessage());
        Path noLibrary = Files.createFile(folder.resolve("empty.so"));
        var unloadable = assertThrows(CraneliftException.class, () -> Cranelift.open(noLibrary));
        assertTrue(unloadable.getMessage().startsWith("K23-5902"), unloadable.getMessage());
    }

    private static long count(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }
}

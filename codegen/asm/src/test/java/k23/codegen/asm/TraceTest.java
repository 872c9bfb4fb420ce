package k23.codegen.asm;

import static k23.sdk.asm.Register.A0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Random;
import k23.codegen.link.Definition;
import k23.codegen.link.Layout;
import k23.codegen.link.LinkRequest;
import k23.codegen.link.LinkedImage;
import k23.codegen.link.Linker;
import k23.codegen.link.Location;
import k23.codegen.link.TrapKind;
import k23.codegen.link.TrapSite;
import k23.sdk.sim.Machine;
import k23.sdk.trace.Backtrace;
import k23.sdk.trace.CodeTables;
import k23.sdk.trace.TrapKinds;
import k23.sdk.word.Span;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables as the linker writes them, read by the system code that prints panics. */
class TraceTest {
    private static final Location OUTER = Location.of("Main.run", "Main.java", 10);
    private static final Location INNER = new Location("Span.check", "Span.java", 51, OUTER);

    private Machine machine;
    private LinkedImage image;
    private CodeTables code;

    @BeforeEach
    void link() {
        machine = Machine.reset();
        var leaf = new TemplateAssembler("leaf");
        leaf.lw(A0, 0, A0);
        leaf.ret();
        Definition main = Definition.function("main", new byte[24])
                .range(0, OUTER).range(8, INNER).range(16, Location.of("Main.run", "Main.java", 12))
                .trap(TrapSite.of(8, TrapKind.BOUNDS))
                .trap(new TrapSite(12, TrapKind.THROW.code(), "java.lang.Error: no")).build();
        image = Linker.link(LinkRequest.builder("main", Layout.exec(0x10000)).root("leaf")
                .add(main).add(leaf.finish()).build());
        code = CodeTables.ofElf(machine.allocate(image.elf()));
    }

    private long address(String symbol) {
        return image.symbol(symbol).orElseThrow().address();
    }

    private String text(Span span) {
        return new String(machine.bytes(span), StandardCharsets.UTF_8);
    }

    @Test
    void trapsAndLocationsOfAProgram() {
        long main = address("main");
        assertEquals("Main", text(code.function(main + 23).type()));
        assertEquals("run", text(code.function(main + 23).method()));
        assertEquals(23, code.functionOffset(main + 23));
        assertEquals(2, code.trapAt(main + 8).kind());
        assertEquals("java.lang.Error: no", text(code.trapAt(main + 12).message()));
        assertEquals(TrapKinds.THROW, code.trapAt(main + 12).kind());
        assertFalse(code.trapAt(main + 10).isListed());
        assertFalse(code.contains(main + 0x100000));
        assertEquals("Span.java", text(code.location(main + 8, 0).file()));
    }

    /** Some place: a line of a few methods, or inlined at another place. */
    private static Location place(Random random, int depth) {
        int method = random.nextInt(random.nextBoolean() ? 4 : 400);
        String name = switch (method % 5) {
            case 0 -> "function" + method;
            case 1 -> "Type" + method % 7 + ".run" + method;
            case 2 -> "a.b.Type" + method % 7 + ".naïve";
            case 3 -> "Type" + method % 7 + "$Inner.run";
            default -> ".dot" + method;
        };
        int line = random.nextInt(5) == 0 ? random.nextInt() : 100 * method + random.nextInt(9);
        return new Location(name, "Type" + method % 7 + (method % 5 == 0 ? ".wasm" : ".java"), line,
                depth == 0 || random.nextBoolean() ? null : place(random, depth - 1));
    }

    private static String expected(Location innermost) {
        var text = new StringBuilder();
        for (Location at = innermost; at != null; at = at.inlinedAt()) {
            text.append("  at ").append(at.method()).append("(").append(at.file()).append(":")
                    .append(at.line()).append(")\n");
        }
        return text.toString();
    }

    /** Functions of all kinds, random places: every program counter has the calls it was given. */
    @Test
    void everyProgramCounterHasItsCalls() {
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var expected = new LinkedHashMap<String, Location[]>();
            var request = LinkRequest.builder("f0", Layout.exec(0x10000));
            for (int f = 0; f < 60; f++) {
                var places = new Location[random.nextInt(1, 200)];
                var definition = Definition.function("f" + f, new byte[2 * places.length])
                        .alignment(4).keep();
                Location place = null;
                boolean any = random.nextInt(8) > 0;
                for (int i = 0; i < places.length; i++) {
                    if (any && random.nextInt(3) == 0) {
                        place = random.nextInt(9) == 0 ? null : place(random, 12);
                        definition.range(2 * i, place);
                    }
                    places[i] = place;
                }
                expected.put("f" + f, places);
                request.add(definition.build());
            }
            image = Linker.link(request.build());
            code = CodeTables.ofElf(Machine.reset().allocate(image.elf()));
            expected.forEach(this::assertPlaces);
        }
    }

    private void assertPlaces(String function, Location[] places) {
        for (int i = 0; i < places.length; i++) {
            String before = Machine.current().console();
            Backtrace.printPlace(code, address(function) + 2L * i);
            String text = new String(Machine.current().console().substring(before.length())
                    .getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            if (places[i] != null) {
                assertEquals(expected(places[i]), text, function + "+" + 2 * i);
            } else {
                assertTrue(text.endsWith("+0x" + Integer.toHexString(2 * i) + "\n"), text);
            }
        }
    }

    @Test
    void trapKindsHaveTheLinkersTexts() {
        for (TrapKind kind : TrapKind.values()) {
            assertEquals(kind.text(), TrapKinds.text(kind.code()));
        }
    }

    /** The assembler gives a template the line of the template's own source. */
    private String leafLine() {
        var location = code.location(address("leaf"), 0);
        return "  at TraceTest.link(TraceTest.java:" + location.line() + ")\n";
    }

    @Test
    void backtraceShowsInlinedCallsAndFramesAndEndsWithTheStack() {
        Span stack = machine.allocate(64);
        long outer = stack.start().value() + 32;
        stack.start().putLong(0, outer);
        stack.start().putLong(8, address("main") + 20);
        stack.start().putLong(32, 0x1234);
        stack.start().putLong(40, address("main") + 9);
        Backtrace.print(code, address("leaf"), address("main") + 4, stack.start().value(), stack);
        assertEquals(leafLine() + """
                  at Main.run(Main.java:10)
                  at Main.run(Main.java:12)
                  at Span.check(Span.java:51)
                  at Main.run(Main.java:10)
                """, machine.console());
    }

    @Test
    void deepRecursionIsShortenedInTheMiddle() {
        Span stack = machine.allocate(16 * 1000);
        for (int i = 0; i < 1000; i++) {
            stack.start().putLong(16L * i, stack.start().value() + 16L * (i + 1));
            stack.start().putLong(16L * i + 8, address("main") + 4);
        }
        Backtrace.printCallers(code, stack.start().value(), stack);
        assertTrue(machine.console().contains("  ... 968 more frames\n"), machine.console());
        assertEquals(33, machine.console().lines().count());
    }

    @Test
    void damagedFilesOnlyLoseNames() {
        byte[] elf = image.elf();
        long main = address("main");
        for (int i = 0; i < elf.length; i += i < 64 ? 1 : 13) {
            for (int bit : new int[] {1, 0x40, 0x80}) {
                elf[i] ^= (byte) bit;
                Machine.reset();
                CodeTables damaged = CodeTables.ofElf(Machine.current().allocate(elf));
                for (long pc = main; pc < main + 24; pc += 4) {
                    damaged.trapAt(pc);
                    damaged.function(pc);
                    Backtrace.printPlace(damaged, pc);
                }
                elf[i] ^= (byte) bit;
            }
        }
        assertEquals(CodeTables.EMPTY, CodeTables.ofElf(Machine.reset().allocate(new byte[3])));
    }
}

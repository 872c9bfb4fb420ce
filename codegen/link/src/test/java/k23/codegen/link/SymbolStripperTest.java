package k23.codegen.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SymbolStripperTest {
    private static byte[] linked() {
        Definition main = Definition.function("main", new byte[24])
                .range(0, Location.of("Main.run", "Main.java", 10))
                .trap(TrapSite.of(8, TrapKind.BOUNDS)).build();
        return Linker.link(LinkRequest.builder("main", Layout.pie()).add(main).build()).elf();
    }

    @Test
    void allButTheSymbolsIsLeft() {
        byte[] elf = linked();
        ElfFile before = ElfFile.parse(elf);
        ElfFile after = ElfFile.parse(SymbolStripper.strip(elf));
        assertTrue(after.bytes().length < elf.length);
        assertEquals(before.segments(), after.segments());
        assertEquals(before.entry(), after.entry());
        assertEquals(before.sections().stream().map(ElfFile.Section::name)
                .filter(name -> !name.equals(".symtab") && !name.equals(".strtab")).toList(),
                after.sections().stream().map(ElfFile.Section::name).toList());
        for (ElfFile.Section section : after.sections()) {
            assertArrayEquals(before.contents(before.section(section.name()).orElseThrow()),
                    after.contents(section), section.name());
        }
    }

    @Test
    void whatIsNoSuchFileStaysAsItIs() {
        byte[] text = {1, 2, 3};
        assertSame(text, SymbolStripper.strip(text));
        byte[] stripped = SymbolStripper.strip(linked());
        assertSame(stripped, SymbolStripper.strip(stripped));
    }
}

package k23.codegen.asm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.link.Definition;
import k23.codegen.link.InnerSymbol;
import k23.codegen.link.Relocation;
import k23.codegen.link.Section;
import k23.codegen.link.TrapFrame;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;

/**
 * Turns what a template emits into a {@link Definition}. Each instruction carries the template's
 * own line, so that debuggers and backtraces show it.
 */
public final class TemplateAssembler extends ExtensionEncoder implements Assembler {
    private static final int MIN_ALIGNMENT = 4;

    private final String name;
    private final List<Relocation> relocations = new ArrayList<>();
    private final List<InnerSymbol> inner = new ArrayList<>();
    private int alignment = MIN_ALIGNMENT;
    private TrapFrame trapFrame;

    /** Starts the symbol {@code name}. */
    public TemplateAssembler(String name) {
        super(new CodeBuffer(name));
        this.name = name;
    }

    /**
     * Ends the symbol: a global function in {@code .text}.
     *
     * @throws AssemblyException if a label is missing or out of reach
     */
    public Definition finish() {
        return finish(Section.TEXT);
    }

    /** Ends the symbol in another section; data if that is not executable. */
    public Definition finish(Section section) {
        byte[] bytes = code.finish();
        boolean isCode = section.access() == Section.Access.EXECUTE;
        Definition.Builder builder = isCode ? Definition.function(name, bytes)
                : Definition.constant(name, bytes);
        builder.section(section).alignment(alignment).global().relocations(relocations)
                .ranges(isCode ? code.ranges() : List.of());
        if (trapFrame != null && trapFrame.end() == trapFrame.start()) {
            // It is never left: the code behind does not return.
            trapFrame = new TrapFrame(trapFrame.start(), bytes.length,
                    trapFrame.registersOffset(), trapFrame.pcOffset());
        }
        builder.trapFrame(trapFrame);
        inner.forEach(i -> builder.inner(i.name(), i.offset()));
        return builder.build();
    }

    @Override
    public Label label(String labelName) {
        return new Label(labelName);
    }

    @Override
    public void bind(Label label) {
        code.bind(label);
    }

    @Override
    public void li(Register rd, long value) {
        if (value >= -2048 && value <= 2047) {
            addi(rd, Register.ZERO, (int) value);
            return;
        }
        int low = (int) value << 20 >> 20;
        if (value == (int) value) {
            // Near Integer.MAX_VALUE the page wraps round; addiw brings it back to 32 bits.
            lui(rd, (int) (value + 0x800 >> 12) << 12 >> 12);
            if (low != 0) {
                addiw(rd, rd, low);
            }
            return;
        }
        long rest = value - low >> 12;
        int zeros = Long.numberOfTrailingZeros(rest);
        li(rd, rest >> zeros);
        slli(rd, rd, 12 + zeros);
        if (low != 0) {
            addi(rd, rd, low);
        }
    }

    @Override
    public void la(Register rd, String symbol) {
        int at = code.position();
        relocations.add(Relocation.pcrelHi20(at, symbol, 0));
        auipc(rd, 0);
        relocations.add(Relocation.pcrelLo12I(code.position(), at));
        addi(rd, rd, 0);
    }

    @Override
    public void la(Register rd, Label label) {
        code.use(CodeBuffer.Reference.ADDRESS, label);
        auipc(rd, 0);
        addi(rd, rd, 0);
    }

    @Override
    public void call(String symbol) {
        relocations.add(Relocation.callPlt(code.position(), symbol));
        auipc(Register.RA, 0);
        jalr(Register.RA, 0, Register.RA);
    }

    @Override
    public void tail(String symbol) {
        relocations.add(Relocation.callPlt(code.position(), symbol));
        auipc(Register.T1, 0);
        jalr(Register.ZERO, 0, Register.T1);
    }

    @Override
    public void bytes(byte... values) {
        code.data(values);
    }

    @Override
    public void half(int value) {
        ranged(value, Short.MIN_VALUE, 0xffff, "half");
        code.data(new byte[] {(byte) value, (byte) (value >> 8)});
    }

    @Override
    public void word(int value) {
        littleEndian(value, Integer.BYTES);
    }

    @Override
    public void dword(long value) {
        littleEndian(value, Long.BYTES);
    }

    private void littleEndian(long value, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (value >> 8 * i);
        }
        code.data(bytes);
    }

    @Override
    public void ascii(String text) {
        for (char c : text.toCharArray()) {
            ranged(c, 0, 127, "character");
        }
        code.data(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void zero(int count) {
        code.reserve(count);
    }

    @Override
    public void align(int bytes) {
        if (Integer.bitCount(bytes) != 1) {
            throw code.error(AssemblyException.OPERAND_RANGE,
                    "alignment " + bytes + " is not a power of two");
        }
        alignment = Math.max(alignment, bytes);
        code.reserve(-code.position() & bytes - 1);
    }

    @Override
    public void padTo(int offset) {
        if (offset < code.position()) {
            throw code.error(AssemblyException.OPERAND_RANGE, "offset " + offset
                    + " lies before this place, " + code.position());
        }
        code.reserve(offset - code.position());
    }

    @Override
    public void addressOf(String symbol, long addend) {
        relocations.add(Relocation.abs64(code.reserve(Long.BYTES), symbol, addend));
    }

    @Override
    public void distance(Label from, Label to) {
        code.distance(from, to, Long.BYTES);
    }

    @Override
    public void distance32(Label from, Label to) {
        code.distance(from, to, Integer.BYTES);
    }

    @Override
    public void distance32(String symbol) {
        relocations.add(Relocation.pcrel32(code.reserve(Integer.BYTES), symbol, 0));
    }

    @Override
    public void trapFrame(int registersOffset, int pcOffset) {
        if (trapFrame != null) {
            throw code.error(AssemblyException.OPERAND_RANGE, "a second trap frame");
        }
        trapFrame = new TrapFrame(code.position(), code.position(), registersOffset, pcOffset);
    }

    @Override
    public void trapFrameEnd() {
        if (trapFrame == null) {
            throw code.error(AssemblyException.OPERAND_RANGE, "the end of no trap frame");
        }
        trapFrame = new TrapFrame(trapFrame.start(), code.position(),
                trapFrame.registersOffset(), trapFrame.pcOffset());
    }

    @Override
    public int size() {
        return code.position();
    }

    @Override
    public void symbol(String symbolName) {
        inner.add(new InnerSymbol(symbolName, code.position()));
    }
}

package k23.sdk.asm;

/** A place in a template: made by {@link Assembler#label()}, placed by {@code bind}. */
public final class Label {
    private final String name;

    /** Made by assemblers; {@code name} is what messages show. */
    public Label(String name) {
        this.name = name;
    }

    /** What messages show. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}

package k23.sdk.asm;

/** A place in a template's code: made by {@link Assembler#label}, placed by {@code bind}. */
public interface Label {}

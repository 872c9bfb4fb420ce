package k23.codegen.wasm;

/** What an import was bound to. */
sealed interface Binding {
    /**
     * A call into the kernel.
     *
     * @param number its number
     */
    record Host(int number) implements Binding {}

    /**
     * An export of another instance of the program.
     *
     * @param unit  the instance that exports it
     * @param index its place there, in the index space of its kind
     */
    record Instance(Program.Unit unit, int index) implements Binding {}
}

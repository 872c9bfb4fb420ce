package k23.codegen.wasm;

import java.util.List;

/**
 * A program, ready for an image.
 *
 * @param bytes  the ELF file, described in {@code docs/FORMATS.md}, "A WASM program"; not copied
 * @param report what it is made of
 */
public record ProgramElf(byte[] bytes, Report report) {
    /**
     * Sizes and needs of a program.
     *
     * @param functions    how many functions were compiled
     * @param textBytes    machine code
     * @param fileBytes    the whole file
     * @param largestFrame the largest stack frame, in bytes
     * @param memoryPages  pages of 64 KiB that its memories have at the start
     * @param imports      the WASI functions that it imports, sorted
     */
    public record Report(int functions, long textBytes, long fileBytes, int largestFrame,
            long memoryPages, List<String> imports) {}
}

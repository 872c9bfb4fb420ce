package k23.cli.debug;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import k23.cli.CommandException;
import k23.cli.ExitStatus;
import k23.cli.host.HostFiles;
import k23.codegen.link.ElfFile;
import k23.codegen.link.ElfFormatException;

/**
 * What the ELF file of a payload says about itself.
 *
 * @param entry the address of its first instruction, as it is linked
 * @param main the symbol of the Java method that it enters, if there is only one candidate
 */
record PayloadSymbols(long entry, Optional<String> main) {
    private static final String MAIN = ".main";

    /**
     * Reads a file.
     *
     * @throws CommandException K23-5019 if it is no ELF file
     */
    static PayloadSymbols of(Path elf) {
        try {
            var file = ElfFile.parse(HostFiles.read(elf));
            List<String> mains = file.symbols().stream()
                    .filter(symbol -> symbol.global() && symbol.function()
                            && symbol.name().endsWith(MAIN))
                    .map(ElfFile.Symbol::name).distinct().toList();
            return new PayloadSymbols(file.entry(),
                    mains.size() == 1 ? Optional.of(mains.getFirst()) : Optional.empty());
        } catch (ElfFormatException e) {
            throw new CommandException(
                    ExitStatus.DATA, "K23-5019", elf + " is no ELF file: " + e.getMessage());
        }
    }
}

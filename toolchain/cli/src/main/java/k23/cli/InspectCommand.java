package k23.cli;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import k23.image.BootImage;
import k23.image.container.Bundle;
import k23.image.container.Section;
import k23.image.container.SectionKind;
import k23.image.loader.PeHeader;
import k23.image.sign.VerifyingKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code k23 inspect}: what is in an image. */
@Command(
        name = "inspect",
        description = "Prints what is in an image. Believes nothing: `k23 verify` is for that.",
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
    private static final int DIGEST_BYTES = 64;
    private static final int DIGEST_BYTES_SHOWN = 8;

    @Parameters(paramLabel = "IMAGE")
    private Path file;

    @Override
    public Integer call() {
        var image = BootImage.read(file);
        var container = image.container();
        var table = image.image().keys();
        line("form", image.isDisk() ? "GPT disk with a Linux image" : "bare Linux image");
        line("size", image.bytes().length + " bytes");
        line("loader", image.image().loader().length + " bytes");
        image.image().pe().ifPresent(InspectCommand::print);
        for (var key : table.keys()) {
            line("trusts", "key " + key);
        }
        line("rollback", container.rollbackIndex() + ", its loader accepts from "
                + table.minimumRollbackIndex());
        line("signed", (container.isSigned() ? "by" : "not yet, for") + " key "
                + VerifyingKey.idText(container.keyId()));
        container.sections().forEach(InspectCommand::print);
        var bundle = container.section(SectionKind.BUNDLE);
        if (bundle != null) {
            Bundle.parse(bundle.raw()).entries().forEach(InspectCommand::print);
        }
        return ExitStatus.OK;
    }

    private static void print(PeHeader pe) {
        line("UEFI", String.format("PE32+ application, entry 0x%x, %d bytes of memory",
                pe.entry(), pe.imageBytes()));
        for (var section : pe.sections()) {
            line("  section", String.format("%-8s0x%x to 0x%x, r%s%s", section.name(),
                    section.start(), section.end(), section.isWritable() ? "w" : "-",
                    section.isExecutable() ? "x" : "-"));
        }
    }

    private static void print(Section section) {
        var digest = HexFormat.of().formatHex(section.digests(), 0, DIGEST_BYTES_SHOWN);
        int more = section.digests().length / DIGEST_BYTES - 1;
        line(word(section.kind()), section.rawBytes() + " bytes, stored " + section.stored().length
                + " (" + word(section.compression()) + "), SHA-512 " + digest + "…"
                + (more == 0 ? "" : " and " + more + " more")
                + (section.isIntact() ? "" : " DAMAGED"));
    }

    private static void print(Bundle.Entry entry) {
        switch (entry.kind()) {
            case PROGRAM, FILE ->
                line(word(entry.kind()), entry.name() + ", " + entry.data().length + " bytes");
            case ARGUMENT, ENVIRONMENT -> line("  " + word(entry.kind()), entry.text());
            case PREOPEN -> line("  " + word(entry.kind()), entry.name());
            case OPTION -> line(word(entry.kind()), entry.name() + " = " + entry.text());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void line(String name, String value) {
        System.out.printf("%-14s%s%n", name, value);
    }
}

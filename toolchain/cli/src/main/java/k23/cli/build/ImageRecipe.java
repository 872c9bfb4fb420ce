package k23.cli.build;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import k23.cli.host.HostFiles;
import k23.image.BootImage;
import k23.image.ImageBuilder;
import k23.image.container.Bundle;
import k23.image.loader.KeyTable;
import k23.image.manifest.Manifest;
import k23.image.manifest.Manifest.Payload;
import k23.image.sign.VerifyingKey;

/**
 * How an image is made of a manifest.
 *
 * @param manifest what goes in
 * @param programs where compiled programs are kept
 */
public record ImageRecipe(Manifest manifest, ProgramCache programs) {
    private static final byte[] NOTHING = {};

    /** The image, a disk that is going to be signed by {@code signer}. */
    public BootImage unsigned(VerifyingKey signer) {
        var trusted = new LinkedHashSet<>(List.of(signer));
        manifest.trusted().forEach(file -> trusted.add(VerifyingKey.read(file)));
        var keys = new KeyTable(List.copyOf(trusted), manifest.rollbackIndex());
        var bundle = bundle(); // first: here are the mistakes that a user makes
        return new ImageBuilder(
                SystemFiles.LOADER.bytes(), payload(), bundle, manifest.compression(), keys,
                signer, manifest.rollbackIndex(), manifest.bootArguments())
                .disk();
    }

    private byte[] payload() {
        return switch (manifest.payload()) {
            case Payload.Kernel() -> SystemFiles.KERNEL.bytes();
            case Payload.Elf(var elf) -> HostFiles.read(elf);
            case Payload.Source(var source) -> JavaPayload.ofSource(source);
            case Payload.Classes(var classes, var entry) ->
                JavaPayload.ofClasses(List.of(classes), entry);
        };
    }

    private Bundle bundle() {
        var entries = new ArrayList<Bundle.Entry>();
        if (manifest.payload() instanceof Payload.Kernel) {
            var level = manifest.log().name().toLowerCase(Locale.ROOT);
            entries.add(new Bundle.Entry(Bundle.Kind.OPTION, "log", utf8(level)));
        }
        manifest.programs().forEach(program -> add(entries, program));
        manifest.files().forEach((guest, host) -> entries.add(
                new Bundle.Entry(Bundle.Kind.FILE, guest, HostFiles.read(host))));
        return new Bundle(List.copyOf(entries));
    }

    private void add(List<Bundle.Entry> entries, Manifest.Program program) {
        var file = program.wasm().getFileName().toString();
        byte[] elf = programs.compile(HostFiles.read(program.wasm()), file);
        entries.add(new Bundle.Entry(Bundle.Kind.PROGRAM, program.name(), elf));
        entries.add(text(Bundle.Kind.ARGUMENT, program.name()));
        program.arguments().forEach(word -> entries.add(text(Bundle.Kind.ARGUMENT, word)));
        program.environment().forEach(word -> entries.add(text(Bundle.Kind.ENVIRONMENT, word)));
        program.preopens().forEach(path -> entries.add(
                new Bundle.Entry(Bundle.Kind.PREOPEN, path, NOTHING)));
    }

    private static Bundle.Entry text(Bundle.Kind kind, String text) {
        return new Bundle.Entry(kind, "", utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

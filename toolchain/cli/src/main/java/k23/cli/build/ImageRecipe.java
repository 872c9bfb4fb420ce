package k23.cli.build;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import k23.cli.CommandException;
import k23.cli.ExitStatus;
import k23.cli.host.HostFiles;
import k23.codegen.link.ElfFile;
import k23.codegen.link.ElfFormatException;
import k23.image.BootImage;
import k23.image.ImageBuilder;
import k23.image.ImageException;
import k23.image.attest.Material;
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
 * @param java how the payload is compiled if it is Java
 */
public record ImageRecipe(Manifest manifest, ProgramCache programs, JavaOptions java) {
    private static final byte[] NOTHING = {};

    /**
     * What came out.
     *
     * @param image the image, not signed yet
     * @param materials what it was made of
     */
    public record Made(BootImage image, List<Material> materials) {}

    /**
     * Makes the image, a disk that is going to be signed by {@code signer}.
     *
     * @throws ImageException K23-4501 or K23-4502 where the manifest's policy forbids it
     */
    public Made make(VerifyingKey signer) {
        requireSigner(signer);
        var trusted = new LinkedHashSet<>(List.of(signer));
        manifest.trusted().forEach(file -> trusted.add(VerifyingKey.read(file)));
        var keys = new KeyTable(List.copyOf(trusted), manifest.rollbackIndex());
        var materials = new ArrayList<Material>();
        // First: here are the mistakes that a user makes.
        var bundle = bundle(materials);
        var payload = payload();
        materials.addFirst(payload);
        materials.addFirst(new Material(Material.Kind.LOADER, "loader", "k23/loader.elf",
                SystemFiles.LOADER.bytes()));
        var image = new ImageBuilder(
                SystemFiles.LOADER.bytes(), payload.bytes(), bundle, manifest.compression(), keys,
                signer, manifest.rollbackIndex(), manifest.bootArguments())
                .disk();
        return new Made(image, List.copyOf(materials));
    }

    private void requireSigner(VerifyingKey signer) {
        var signers = manifest.policy().signers().stream().map(VerifyingKey::read).toList();
        if (!signers.isEmpty() && !signers.contains(signer)) {
            throw new ImageException("K23-4501", "policy",
                    "key " + signer + " is not one of the manifest's \"signers\"");
        }
    }

    private Material payload() {
        return switch (manifest.payload()) {
            case Payload.Kernel() -> new Material(Material.Kind.PAYLOAD, "kernel",
                    "k23/kernel.elf", java.isNone() ? SystemFiles.KERNEL.bytes()
                            : SystemClasses.kernel(java));
            case Payload.Elf(var elf) -> payload(elf, checked(elf, HostFiles.read(elf)));
            case Payload.Source(var source) -> payload(source, JavaPayload.ofSource(source, java));
            case Payload.Classes(var classes, var entry) ->
                payload(classes, JavaPayload.ofClasses(List.of(classes), entry, java));
        };
    }

    /** What the loader would refuse can be said here. */
    private static byte[] checked(Path file, byte[] elf) {
        try {
            if (ElfFile.parse(elf).kind() != ElfFile.Kind.RELOCATABLE) {
                return elf;
            }
        } catch (ElfFormatException e) {
            throw noPayload(file, e.getMessage());
        }
        throw noPayload(file, "it is not linked");
    }

    private static CommandException noPayload(Path file, String why) {
        return new CommandException(
                ExitStatus.DATA, "K23-5020",
                file + " is no payload, an ELF file for RISC-V: " + why);
    }

    private Material payload(Path source, byte[] elf) {
        return new Material(Material.Kind.PAYLOAD, source.getFileName().toString(),
                named(source), elf);
    }

    /** A path without what is peculiar to this machine. */
    private String named(Path file) {
        var here = Path.of("").toAbsolutePath();
        var absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute).toString()
                : file.getFileName().toString();
    }

    private Bundle bundle(List<Material> materials) {
        var entries = new ArrayList<Bundle.Entry>();
        if (manifest.payload() instanceof Payload.Kernel) {
            var level = manifest.log().name().toLowerCase(Locale.ROOT);
            entries.add(new Bundle.Entry(Bundle.Kind.OPTION, "log", utf8(level)));
        }
        manifest.programs().forEach(program -> add(entries, materials, program));
        manifest.files().forEach((guest, host) -> {
            byte[] content = HostFiles.read(host);
            entries.add(new Bundle.Entry(Bundle.Kind.FILE, guest, content));
            materials.add(new Material(Material.Kind.FILE, guest, named(host), content));
        });
        return new Bundle(List.copyOf(entries));
    }

    private void add(List<Bundle.Entry> entries, List<Material> materials,
            Manifest.Program program) {
        var file = program.wasm().getFileName().toString();
        var module = new Material(Material.Kind.PROGRAM, program.name(), named(program.wasm()),
                HostFiles.read(program.wasm()));
        if (program.sha256() != null && !program.sha256().equals(module.digest("SHA-256"))) {
            throw new ImageException("K23-4502", program.place(),
                    file + " is not the module that the manifest names: its sha256 is "
                            + module.digest("SHA-256"));
        }
        materials.add(module);
        byte[] elf = programs.compile(module.bytes(), file);
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

package k23.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;
import k23.cli.host.HostFiles;
import k23.codegen.cranelift.Cranelift;
import k23.image.attest.BillOfMaterials;
import k23.image.attest.Envelope;
import k23.image.attest.Material;
import k23.image.attest.Provenance;
import k23.image.attest.Tool;
import k23.image.manifest.Manifest;

/**
 * The files beside an image that tell what is in it and how it was built.
 *
 * @param image the image's file
 */
record Attestations(Path image) {
    private static final String BILL = ".cdx.json";
    private static final String PROVENANCE = ".provenance.json";

    private static Path beside(Path image, String suffix) {
        return image.resolveSibling(image.getFileName() + suffix);
    }

    private String name() {
        return image.getFileName().toString();
    }

    /** Writes the bill of materials. */
    void writeBill(List<Material> materials) {
        HostFiles.write(beside(image, BILL),
                new BillOfMaterials(name(), materials, tools()).bytes());
    }

    /** Writes the bill of materials of an image that is this one under another name. */
    void copyBillOf(Attestations original) {
        Path bill = beside(original.image, BILL);
        if (Files.exists(bill) && !original.image.equals(image)) {
            HostFiles.write(beside(image, BILL), HostFiles.read(bill));
        }
    }

    /** How the image, whose content is {@code bytes}, was built just now. */
    Provenance provenance(Manifest manifest, String builder, SequencedMap<String, String> sources,
            List<Material> materials, byte[] bytes) {
        var build = new Provenance.Build(builder, parameters(manifest), sources, materials,
                tools());
        return Provenance.of(build, name(), bytes);
    }

    private static SequencedMap<String, String> parameters(Manifest manifest) {
        var result = new TreeMap<String, String>();
        result.put("payload", switch (manifest.payload()) {
            case Manifest.Payload.Kernel() -> "kernel";
            case Manifest.Payload.Elf _ -> "elf";
            case Manifest.Payload.Source _ -> "source";
            case Manifest.Payload.Classes(var _, var entry) -> "classes, entry " + entry;
        });
        manifest.programs().forEach(program -> result.put("program " + program.name(),
                "arguments " + program.arguments() + ", environment " + program.environment()
                        + ", preopens " + program.preopens()));
        result.put("compression", manifest.compression().name().toLowerCase(Locale.ROOT));
        result.put("rollback", Long.toString(manifest.rollbackIndex()));
        result.put("bootargs", manifest.bootArguments());
        result.put("log", manifest.log().name().toLowerCase(Locale.ROOT));
        return result;
    }

    private static List<Tool> tools() {
        String version = Main.version();
        String cranelift = Cranelift.load().version();
        return List.of(
                new Tool("k23", version, "pkg:maven/org.k23/k23-cli@" + version),
                new Tool("cranelift-codegen", cranelift,
                        "pkg:cargo/cranelift-codegen@" + cranelift));
    }

    /** Whether there is a provenance. */
    boolean hasProvenance() {
        return Files.exists(beside(image, PROVENANCE));
    }

    /** The provenance's place in messages. */
    String place() {
        return beside(image, PROVENANCE).toString();
    }

    /** The provenance. */
    Envelope read() {
        return Envelope.parse(place(), HostFiles.read(beside(image, PROVENANCE)));
    }

    /** Writes the provenance. */
    void write(Envelope envelope) {
        HostFiles.write(beside(image, PROVENANCE), envelope.bytes());
    }

    /** The provenance of this image under the name of another file, with other content. */
    Provenance renamed(Path file, byte[] bytes) {
        return read().provenance().of(file.getFileName().toString(), bytes);
    }
}

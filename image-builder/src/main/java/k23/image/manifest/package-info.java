/**
 * The manifest {@code k23.yaml}: what goes into an image and onto what machine it runs.
 *
 * <p>{@link k23.image.manifest.ManifestReader} reads it, collecting every
 * {@link k23.image.Problem} with file, line and column: a key that is not known is an error, with
 * what is allowed there and what was probably meant. docs/MANIFEST.md is the reference.
 *
 * {@snippet :
 * Manifest manifest = ManifestReader.read(Path.of("k23.yaml"));
 * manifest.programs().getFirst().wasm();
 * }
 */
package k23.image.manifest;

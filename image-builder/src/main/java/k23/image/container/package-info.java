/**
 * The boot container: what the loader verifies, then decompresses, then starts.
 *
 * <p>A {@link k23.image.container.Container} is a signed header and its
 * {@linkplain k23.image.container.Section sections}: the payload's ELF file and a
 * {@linkplain k23.image.container.Bundle bundle} of programs and files. The signature covers the
 * header alone; the header has every section's SHA-512, size and kind, so it covers all that
 * decides what runs. Reading here is independent of the loader's own code: each is an oracle of the
 * other.
 *
 * {@snippet :
 * var payload = Section.of(SectionKind.PAYLOAD, Compression.LZ4, elf);
 * var container = Container.unsigned(0, key.verifyingKey().id(), List.of(payload)).sign(key);
 * Container.parse("boot", container.bytes()).verify(key.verifyingKey());
 * }
 */
package k23.image.container;

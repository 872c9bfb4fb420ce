package k23.tests.boot;

import java.util.List;
import k23.cli.build.JavaPayload;
import k23.cli.build.SystemFiles;
import k23.image.BootImage;
import k23.image.ImageBuilder;
import k23.image.container.Bundle;
import k23.image.container.Compression;
import k23.image.loader.KeyTable;
import k23.image.sign.SigningKey;
import k23.tests.support.Repository;

/** Images of {@code BootPayload} behind the real loader. */
final class BootImages {
    /** The key that signs, and that the loader trusts. */
    static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);

    /** What every line of the payload starts with. */
    static final String MARK = "[k23 info] payload: ";

    private static final byte[] PAYLOAD = JavaPayload.ofSource(
            Repository.ROOT.resolve("tests/src/test/payloads/BootPayload.java"));

    private BootImages() {}

    static byte[] payload() {
        return PAYLOAD.clone();
    }

    static ImageBuilder of(Bundle bundle) {
        return of(PAYLOAD, bundle, Compression.LZ4, 5, 5);
    }

    static ImageBuilder of(byte[] payload, Bundle bundle, Compression compression, long index,
            long minimumIndex) {
        return new ImageBuilder(SystemFiles.LOADER.bytes(), payload, bundle, compression,
                new KeyTable(List.of(KEY.verifyingKey()), minimumIndex), KEY.verifyingKey(), index,
                "one two");
    }

    /** The usual image, ready for QEMU's {@code -kernel}. */
    static BootImage usual() {
        return of(new Bundle(List.of())).bare().sign(KEY);
    }
}

package k23.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import k23.fuzz.FuzzTarget;
import k23.runtime.module.ErrorKind;
import k23.runtime.module.Failure;
import k23.runtime.module.Features;

/**
 * WASM modules: taken or refused at a place inside; nothing is ever thrown. What is valid stays
 * valid when more of the language is allowed.
 */
public final class WasmTarget implements FuzzTarget {
    private static final int MAX_SEED_BYTES = 400;
    private static final Features[] PROFILES = {
        Features.CORE_1, Features.CORE_2, Features.CORE_3};

    /** A target. */
    public WasmTarget() {}

    @Override
    public String name() {
        return "wasm";
    }

    /** The small modules of the official suite, the malformed and invalid ones too. */
    @Override
    public List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        Set<String> seen = new HashSet<>();
        try (SpecSuite suite = SpecSuite.open()) {
            Stream.of("core-2.0", "core-3.0").flatMap(group -> suite.files(group).stream())
                    .filter(file -> !file.contains("simd") && !file.contains("utf8"))
                    .flatMap(file -> suite.modules(file).stream())
                    .filter(command -> !command.isText())
                    .map(SpecSuite.Command::bytes)
                    .filter(bytes -> bytes.length <= MAX_SEED_BYTES)
                    .filter(bytes -> seen.add(new String(bytes, StandardCharsets.ISO_8859_1)))
                    .forEach(seeds::add);
        }
        return seeds;
    }

    @Override
    public int maxBytes() {
        return 1024;
    }

    @Override
    public List<byte[]> words() {
        return List.of(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, new byte[] {(byte) 0xfc, 8},
                new byte[] {-1, -1, -1, -1, 15}, new byte[] {-128, -128, -128, -128, 8},
                new byte[] {2, 0x40, 0x0b}, new byte[] {3, 0x40, 0x0b}, new byte[] {4, 0x40, 0x0b},
                new byte[] {0x60, 0, 0}, new byte[] {0x1c, 1, 0x7f},
                new byte[] {(byte) 0xd0, 0x70});
    }

    @Override
    public List<String> reached() {
        return List.of("k23.runtime.parse.*", "k23.runtime.validate.*", "k23.runtime.module.*");
    }

    @Override
    public String run(byte[] input) {
        Failure before = null;
        for (Features profile : PROFILES) {
            Failure failure = FrontEnd.check(input, profile);
            if (failure.offset() < 0 || failure.offset() > input.length) {
                throw new AssertionError(failure + " of " + input.length + " bytes");
            }
            if (before != null && !before.isError() && failure.isError()
                    && failure.kind() != ErrorKind.LIMIT) {
                throw new AssertionError("valid only with less of the language: " + failure);
            }
            before = failure;
        }
        return before.isError() ? before.kind() + " " + before.code() : "VALID " + input.length / 8;
    }
}

package k23.loader.container;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import k23.fuzz.FuzzTarget;
import k23.loader.container.TestContainer.Key;

/**
 * Whole containers with their signatures: only the valid ones pass. Some inputs are signed after
 * they were changed, by the trusted key; then all that passes is unpacked.
 */
public final class WholeContainerTarget implements FuzzTarget {
    private static final int FIXED_BYTES = TestContainer.HEADER_FIXED_BYTES;
    private static final int SIGNATURE_BYTES = 64;

    private final Key key = Key.fixed(1);
    private final List<byte[]> valid = seeds();
    private ContainerTarget.Memory memory;
    private VerifyingKeys keys;

    /** A target without memory: the first input makes it. */
    public WholeContainerTarget() {}

    @Override
    public String name() {
        return "container-whole";
    }

    @Override
    public List<byte[]> seeds() {
        return ContainerTarget.seeds(key);
    }

    @Override
    public int maxBytes() {
        return ContainerTarget.MAX_BYTES;
    }

    @Override
    public List<byte[]> words() {
        return new ContainerTarget().words();
    }

    @Override
    public List<String> reached() {
        return List.of("k23.loader.container.*", "k23.loader.crypto.*");
    }

    @Override
    public String run(byte[] input) {
        if (memory == null) {
            memory = new ContainerTarget.Memory();
            byte[] table = TestContainer.keyTable(7, Key.fixed(2), key);
            keys = new VerifyingKeys(memory.machine.allocate(table));
        }
        boolean isSigned = input.length > 0 && input[input.length - 1] % 8 == 5
                && sign(input, key, !ContainerTarget.keepsDigests(input));
        SignedContainer container = memory.load(input);
        Verification verification = new Verification();
        verification.begin(container, keys);
        ContainerProblem problem = verification.finish();
        if (problem == ContainerProblem.NONE) {
            if (isSigned) {
                ContainerTarget.unpackAll(container, memory);
            } else if (valid.stream().noneMatch(v -> input.length >= v.length
                    && Arrays.equals(v, 0, v.length, input, 0, v.length))) {
                throw new AssertionError("a forgery");
            }
        }
        return problem + (isSigned ? " signed " : " ") + input.length / 16;
    }

    /** Signs the header anew, where it says that it ends; without room for that it does not. */
    static boolean sign(byte[] input, Key key, boolean hasNewDigests) {
        int headerBytes = input.length < FIXED_BYTES ? 0 : TestContainer.little(input).getInt(12);
        if (headerBytes < FIXED_BYTES || headerBytes > input.length - SIGNATURE_BYTES) {
            return false;
        }
        if (hasNewDigests) {
            ContainerTarget.repairDigests(input);
        }
        try {
            TestContainer.little(input).putLong(24, key.id());
            byte[] signature = key.sign(Arrays.copyOf(input, headerBytes));
            System.arraycopy(signature, 0, input, headerBytes, SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return true;
    }
}

package k23.image.attest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;
import k23.image.ImageException;
import k23.image.sign.VerifyingKey;
import tools.jackson.databind.node.ObjectNode;

/**
 * A provenance in its file: a bare statement, or a statement in a signed envelope (DSSE 1.0).
 *
 * @param provenance what it says
 * @param keyId who signed, as images name keys; null where nobody did
 * @param signature the signature, or null
 */
public record Envelope(Provenance provenance, String keyId, byte[] signature) {
    private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    /** A provenance that nobody has signed yet. */
    public static Envelope unsigned(Provenance provenance) {
        return new Envelope(provenance, null, null);
    }

    /** A provenance that {@code key} signs by {@code sign}. */
    public static Envelope signed(Provenance provenance, VerifyingKey key,
            UnaryOperator<byte[]> sign) {
        return new Envelope(provenance, VerifyingKey.idText(key.id()),
                sign.apply(toBeSigned(provenance.bytes())));
    }

    /** DSSE's pre-authentication encoding of a payload. */
    private static byte[] toBeSigned(byte[] payload) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " "
                + payload.length + " ").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /**
     * Reads a file's bytes.
     *
     * @param place what to call them in messages
     * @throws ImageException K23-4401 for anything else
     */
    public static Envelope parse(String place, byte[] text) {
        ObjectNode root = Json.parse(text);
        if (root == null) {
            throw malformed(place, "it is no JSON object");
        }
        if (!root.has("payloadType")) {
            return unsigned(statement(place, text));
        }
        if (!root.path("payloadType").asString("").equals(PAYLOAD_TYPE)) {
            throw malformed(place, "its payload is of another type than in-toto's");
        }
        var first = root.path("signatures").path(0);
        try {
            byte[] payload = Base64.getDecoder().decode(root.path("payload").asString(""));
            byte[] signature = Base64.getDecoder().decode(first.path("sig").asString(""));
            Provenance provenance = statement(place, payload);
            if (!Arrays.equals(provenance.bytes(), payload)) {
                throw malformed(place, "its payload is not as k23 writes it");
            }
            return new Envelope(provenance, first.path("keyid").asString(""), signature);
        } catch (IllegalArgumentException e) {
            throw malformed(place, "it is not in base64");
        }
    }

    private static Provenance statement(String place, byte[] text) {
        Provenance provenance = Provenance.parse(text);
        if (provenance == null) {
            throw malformed(place, "there is no SLSA provenance in it");
        }
        return provenance;
    }

    private static ImageException malformed(String place, String why) {
        return new ImageException("K23-4401", place, "this is no provenance of an image: " + why);
    }

    /**
     * Checks that this is the provenance of {@code image}, signed by {@code key}.
     *
     * @param place what to call it in messages
     * @throws ImageException K23-4402 to K23-4404, the first that applies
     */
    public void verify(String place, byte[] image, VerifyingKey key) {
        if (signature == null) {
            throw new ImageException("K23-4402", place,
                    "nobody signed the provenance; `k23 sign` signs it with the image");
        }
        if (!keyId.equals(VerifyingKey.idText(key.id()))
                || signature.length != VerifyingKey.SIGNATURE_BYTES
                || !key.verifies(toBeSigned(provenance.bytes()), signature)) {
            throw new ImageException("K23-4403", place,
                    "its signature is not by key " + key + ": do not believe it");
        }
        if (!provenance.isOf(image)) {
            throw new ImageException("K23-4404", place, "it is of another image");
        }
    }

    /** The file's bytes. */
    public byte[] bytes() {
        if (signature == null) {
            return provenance.bytes();
        }
        ObjectNode root = Json.object().put("payloadType", PAYLOAD_TYPE)
                .put("payload", Base64.getEncoder().encodeToString(provenance.bytes()));
        root.putArray("signatures").addObject().put("keyid", keyId)
                .put("sig", Base64.getEncoder().encodeToString(signature));
        return Json.bytes(root);
    }
}

package k23.cli.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import k23.cli.CommandException;
import k23.cli.ExitStatus;
import k23.cli.host.Pkcs11Library.Attribute;
import k23.cli.host.Pkcs11Library.Failure;
import k23.image.sign.VerifyingKey;

/** An Ed25519 key that never leaves its token, reached by PKCS#11. */
public final class Pkcs11Token {
    /** The environment variable that may hold the PIN. */
    static final String PIN = "K23_PKCS11_PIN";

    private static final long EC_POINT = 0x181;

    private final Pkcs11Uri uri;

    private Pkcs11Token(Pkcs11Uri uri) {
        this.uri = uri;
    }

    /**
     * The key that a PKCS#11 URI (RFC 7512) names.
     *
     * @throws CommandException K23-5001 for a wrong URI
     */
    public static Pkcs11Token of(String uri) {
        return new Pkcs11Token(Pkcs11Uri.parse(uri));
    }

    private interface Use<T> {
        T with(Pkcs11Library library) throws Failure;
    }

    private <T> T use(Use<T> action) {
        try (var library = new Pkcs11Library(uri.module())) {
            if (!library.open(uri.token())) {
                throw new Failure("there is no such token");
            }
            return action.with(library);
        } catch (Failure failure) {
            throw failed(failure.getMessage());
        }
    }

    /**
     * The public half.
     *
     * @throws CommandException K23-5015 if the token does not give it
     */
    public VerifyingKey verifyingKey() {
        return use(library -> {
            byte[] point = library.value(
                    library.find("public key " + name(), attributes(Attribute.publicKey())),
                    EC_POINT);
            // Some give the bare point, some an OCTET STRING of it.
            return VerifyingKey.of(Arrays.copyOfRange(
                    point, Math.max(0, point.length - VerifyingKey.BYTES), point.length));
        });
    }

    /**
     * The signature of {@code message}.
     *
     * @throws CommandException K23-5015 if the token does not give one by that key
     */
    public byte[] sign(byte[] message) {
        byte[] signature = use(library -> {
            library.login(pin());
            return library.sign(
                    library.find("private key " + name(), attributes(Attribute.privateKey())),
                    message);
        });
        if (!verifyingKey().verifies(message, signature)) {
            throw failed("what it gave is no Ed25519 signature by that key");
        }
        return signature;
    }

    private List<Attribute> attributes(Attribute kind) {
        List<Attribute> result = new ArrayList<>(List.of(kind));
        if (uri.object() != null) {
            result.add(Attribute.label(uri.object()));
        }
        if (uri.id() != null) {
            result.add(Attribute.id(uri.id()));
        }
        return result;
    }

    private String name() {
        return uri.object() != null ? "\"" + uri.object() + "\""
                : HexFormat.of().formatHex(uri.id());
    }

    private byte[] pin() {
        String pin = uri.pinSource() == null ? System.getenv(PIN)
                : new String(HostFiles.read(uri.pinSource()), StandardCharsets.UTF_8).strip();
        if (pin == null) {
            throw failed("it needs its PIN: pin-source=FILE in the URI, or the variable " + PIN);
        }
        return pin.getBytes(StandardCharsets.UTF_8);
    }

    private CommandException failed(String why) {
        return new CommandException(ExitStatus.UNAVAILABLE, "K23-5015",
                "token \"" + uri.token() + "\": " + why);
    }
}

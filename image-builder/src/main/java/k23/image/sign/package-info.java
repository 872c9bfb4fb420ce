/**
 * Ed25519 keys (RFC 8032) in the files that other tools know: PKCS#8 and SubjectPublicKeyInfo in
 * PEM, as {@code openssl genpkey -algorithm ed25519} writes them.
 */
package k23.image.sign;

/**
 * What decides whether a payload may run: SHA-512 (FIPS 180-4) and Ed25519 verification (RFC 8032).
 *
 * <p>Verification handles public data only, so nothing here is constant-time. Nothing allocates and
 * nothing panics, whatever the input (I8: no panic in loader crypto).
 */
package k23.loader.crypto;

/**
 * Decompression, after verification and still without trust: output is bounded by what the signed
 * header promises, and every malformed input has a name.
 */
@RawAccessAllowed(reason = "decoders check the bounds of a whole sequence before they copy it")
package k23.loader.compress;

import k23.sdk.RawAccessAllowed;

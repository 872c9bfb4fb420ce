/**
 * Decompression, after verification and still without trust: output is bounded by what the signed
 * header promises, and every malformed input has a name.
 */
package k23.loader.compress;

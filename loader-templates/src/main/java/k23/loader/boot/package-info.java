/**
 * The loader's assembly: its first instructions and Linux Image header, its trap vector, and the
 * jump into the payload.
 */
package k23.loader.boot;

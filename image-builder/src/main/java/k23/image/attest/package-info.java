/**
 * What an image says of itself in files beside it: a bill of materials (CycloneDX), and how it was
 * built (in-toto, SLSA), signed as the image is.
 */
package k23.image.attest;

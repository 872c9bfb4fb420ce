package k23.image.attest;

/**
 * A program that took part in a build.
 *
 * @param name its name
 * @param version its version
 * @param purl its package URL
 */
public record Tool(String name, String version, String purl) {}

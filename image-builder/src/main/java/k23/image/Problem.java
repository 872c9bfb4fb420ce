package k23.image;

/**
 * One complaint about what the user gave us.
 *
 * @param code {@code K23-4nnn}, the name that docs/MANIFEST.md explains
 * @param place where: {@code file:line:column}, or a file, or a part of an image
 * @param message what is wrong, why, and what to do instead
 */
public record Problem(String code, String place, String message) {
    @Override
    public String toString() {
        return code + ": " + place + ": " + message;
    }
}

package k23.image.manifest;

/** Paths inside an image. */
public final class GuestPath {
    private GuestPath() {}

    /** Whether {@code path} is absolute and has no empty, {@code .} or {@code ..} part. */
    public static boolean isValid(String path) {
        return path.matches("/|(/[^/\0]+)+") && !(path + "/").matches("(?s).*/\\.{1,2}/.*");
    }
}

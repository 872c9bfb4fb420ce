package k23.loader.machine;

/** Errors of SBI (SBI Specification 2.0, chapter "Binary Encoding"). */
final class SbiError {
    static final long FAILED = -1;
    static final long NOT_SUPPORTED = -2;
    static final long INVALID_PARAM = -3;
    static final long INVALID_ADDRESS = -5;
    static final long ALREADY_AVAILABLE = -6;

    private SbiError() {}
}

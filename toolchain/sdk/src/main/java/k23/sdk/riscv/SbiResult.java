package k23.sdk.riscv;

/**
 * What an SBI call returns (SBI Specification, chapter "Binary Encoding").
 *
 * @param error 0, or a negative error code; for a legacy call its only result
 * @param value the call's result
 */
public record SbiResult(long error, long value) {
    /** Whether the call succeeded. */
    public boolean isSuccess() {
        return error == 0;
    }
}

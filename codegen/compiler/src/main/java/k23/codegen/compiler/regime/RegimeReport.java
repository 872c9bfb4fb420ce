package k23.codegen.compiler.regime;

import java.util.List;

/**
 * What the checks of regimes were told not to look at.
 *
 * @param exemptions  the exemptions of all methods that can be reached, sorted by method
 * @param permissions the permissions of raw access of all code that can be reached, sorted
 */
public record RegimeReport(List<Exemption> exemptions, List<Permission> permissions) {
    /** A report of nothing. */
    public static final RegimeReport EMPTY = new RegimeReport(List.of(), List.of());

    /**
     * An exemption.
     *
     * @param method the method that is exempt
     * @param regime from which regime
     * @param reason why
     * @param isUsed whether a check really ended there
     */
    public record Exemption(String method, String regime, String reason, boolean isUsed) {
        @Override
        public String toString() {
            return (isUsed ? "exempt " : "unused exemption ") + method + " from " + regime + ": "
                    + reason;
        }
    }

    /**
     * A permission of raw access.
     *
     * @param holder the package, type or method that has it
     * @param reason why
     * @param calls  how many call instructions rely on it
     */
    public record Permission(String holder, String reason, int calls) {
        @Override
        public String toString() {
            return "raw access " + holder + ", " + calls + " calls: " + reason;
        }
    }
}

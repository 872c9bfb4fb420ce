package k23.codegen.cranelift;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Settings of a target: Cranelift's own names and values, sorted by name. What is not named has
 * Cranelift's default; the processor is rv64gc.
 *
 * @param values name to value; not to be changed
 */
public record IsaSettings(SortedMap<String, String> values) {
    private static final int PAGE_SIZE_LOG2 = 12;

    /** Copies the map. */
    public IsaSettings {
        values = new TreeMap<>(values);
    }

    /**
     * What every k23 ELF is compiled with: optimised, position independent, in rv64gc's compressed
     * instructions where there are any (a quarter less code), with frame records, without stack
     * probes, verifier and unwind tables.
     */
    public static IsaSettings standard() {
        return new IsaSettings(new TreeMap<>(Map.of(
                "opt_level", "speed",
                "is_pic", "true",
                "preserve_frame_pointers", "true",
                "enable_probestack", "false",
                "enable_verifier", "false",
                "unwind_info", "false",
                "has_zca", "true",
                "has_zcd", "true")));
    }

    /**
     * {@link #standard} with inline stack probes, one a page: for code on a stack with a guard
     * page.
     */
    public static IsaSettings probingStack() {
        return standard().with("enable_probestack", "true").with("probestack_strategy", "inline")
                .with("probestack_size_log2", Integer.toString(PAGE_SIZE_LOG2));
    }

    /** These with one set. */
    public IsaSettings with(String name, String value) {
        var changed = new TreeMap<>(values);
        changed.put(name, value);
        return new IsaSettings(changed);
    }

    /** These with Cranelift's verifier on or off: on costs about half of the time again. */
    public IsaSettings withVerifier(boolean on) {
        return with("enable_verifier", Boolean.toString(on));
    }

    /** {@code name=value}, with commas between. */
    public String text() {
        return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(","));
    }
}

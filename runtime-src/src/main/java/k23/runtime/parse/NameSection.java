package k23.runtime.parse;

import k23.runtime.module.ModuleBuilder;
import k23.runtime.module.Name;

/**
 * The custom section of names (Core 2.0, appendix 7.4). What is wrong in it never makes a module
 * malformed; then what was read up to there is kept.
 */
final class NameSection {
    private static final int MODULE = 0;
    private static final int FUNCTIONS = 1;

    private NameSection() {}

    /** Reads the section's contents in {@code [start, end)}. */
    static void read(ModuleBuilder module, int start, int end) {
        var in = new BinaryReader(module.build().bytes(), start, end);
        while (in.remaining() > 0 && !in.failed()) {
            int id = in.u8();
            int size = in.length();
            int next = in.position() + size;
            if (in.failed() || size > in.remaining()) {
                return;
            }
            if (id == MODULE) {
                module.moduleName(in.name());
            } else if (id == FUNCTIONS && !module.hasFunctionNames()) {
                functions(module, in);
            }
            if (!in.failed()) {
                in.position(next);
            }
        }
    }

    private static void functions(ModuleBuilder module, BinaryReader in) {
        int count = in.length();
        Name[] names = new Name[module.functionCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = Name.NONE;
        }
        for (int i = 0; i < count && !in.failed(); i++) {
            int function = in.u32();
            Name name = in.name();
            if (function >= 0 && function < names.length) {
                names[function] = name;
            }
        }
        module.functionNames(names);
    }
}

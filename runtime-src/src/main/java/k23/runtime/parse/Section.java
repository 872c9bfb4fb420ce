package k23.runtime.parse;

/** Numbers of the sections (Core 2.0, section 5.5.2). */
final class Section {
    static final int CUSTOM = 0;
    static final int TYPE = 1;
    static final int IMPORT = 2;
    static final int FUNCTION = 3;
    static final int TABLE = 4;
    static final int MEMORY = 5;
    static final int GLOBAL = 6;
    static final int EXPORT = 7;
    static final int START = 8;
    static final int ELEMENT = 9;
    static final int CODE = 10;
    static final int DATA = 11;
    static final int DATA_COUNT = 12;

    private Section() {}

    /** A section's place among the others, 0 for custom ones, -1 when there is none. */
    static int order(int id) {
        return switch (id) {
            case DATA_COUNT -> CODE;
            case CODE, DATA -> id + 1;
            default -> id < CODE ? id : -1;
        };
    }
}

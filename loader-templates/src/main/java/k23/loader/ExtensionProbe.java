package k23.loader;

import k23.loader.boot.BootTemplates;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;

/**
 * Asks the hart itself which of the extensions it has that the loader makes use of: it runs an
 * instruction of each, which is a trap on a hart without. So a hart can work before anybody has
 * read what the device tree says of it.
 */
final class ExtensionProbe {
    private ExtensionProbe() {}

    /** The extensions that this hart is found to have, of those that the loader makes use of. */
    static IsaExtensions extensions() {
        return BootTemplates.hasZbb() ? IsaExtensions.NONE.with(IsaExtension.ZBB)
                : IsaExtensions.NONE;
    }
}

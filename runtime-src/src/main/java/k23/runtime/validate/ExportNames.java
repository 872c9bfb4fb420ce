package k23.runtime.validate;

import k23.runtime.module.Module;

/** Finds a name that is exported twice, by sorting: no choice of names makes it slow. */
final class ExportNames {
    private final Module module;
    private int[] order;
    private int[] other;

    private ExportNames(Module module) {
        this.module = module;
        order = new int[module.exportCount()];
        other = new int[module.exportCount()];
    }

    static boolean hasDuplicate(Module module) {
        return new ExportNames(module).find();
    }

    private boolean find() {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int width = 1; width < order.length; width *= 2) {
            for (int start = 0; start < order.length; start += 2 * width) {
                int middle = Math.min(start + width, order.length);
                merge(start, middle, Math.min(middle + width, order.length));
            }
            int[] merged = other;
            other = order;
            order = merged;
        }
        for (int i = 1; i < order.length; i++) {
            if (compare(order[i - 1], order[i]) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Merges two sorted runs of {@code order} into {@code other}. */
    private void merge(int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = right == end
                    || left < middle && compare(order[left], order[right]) <= 0;
            other[i] = takeLeft ? order[left++] : order[right++];
        }
    }

    private int compare(int a, int b) {
        return module.export(a).name().compare(module.bytes(), module.export(b).name());
    }
}

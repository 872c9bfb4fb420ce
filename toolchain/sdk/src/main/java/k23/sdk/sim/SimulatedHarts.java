package k23.sdk.sim;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import k23.sdk.HartLocal;

/**
 * Several simulated harts, of which one runs at a time: what {@link HartLocal} means on the JVM.
 * Going to a hart puts its values into the fields, so the code under test needs no change.
 *
 * {@snippet :
 * var harts = new SimulatedHarts(4, Scheduler.class);
 * harts.run(2, () -> Scheduler.enqueue(task));   // sees hart 2's queue
 * }
 */
public final class SimulatedHarts {
    private final List<Field> fields = new ArrayList<>();
    private final Object[][] values;
    private int current = -1;

    /**
     * Harts that all start with what the fields hold now.
     *
     * @param count   how many harts
     * @param classes the classes whose {@link HartLocal} fields there are
     */
    public SimulatedHarts(int count, Class<?>... classes) {
        for (Class<?> type : classes) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(HartLocal.class)) {
                    add(field);
                }
            }
        }
        values = new Object[count][];
        for (int i = 0; i < count; i++) {
            values[i] = read();
        }
    }

    private void add(Field field) {
        if (!Modifier.isStatic(field.getModifiers()) || Modifier.isFinal(field.getModifiers())) {
            throw new IllegalArgumentException("@HartLocal is for static fields "
                    + "that are not final: " + field);
        }
        field.setAccessible(true);
        fields.add(field);
    }

    /** Does {@code action} as hart {@code index}; then goes back to the hart from before. */
    public void run(int index, Runnable action) {
        int before = current;
        change(index);
        try {
            action.run();
        } finally {
            change(before);
        }
    }

    /** -1 stands for what the fields held before the first hart ran. */
    private void change(int index) {
        if (index == current) {
            return;
        }
        if (current >= 0) {
            values[current] = read();
        }
        if (index >= 0) {
            write(values[index]);
        }
        current = index;
    }

    private Object[] read() {
        Object[] result = new Object[fields.size()];
        for (int i = 0; i < result.length; i++) {
            try {
                result[i] = fields.get(i).get(null);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return result;
    }

    private void write(Object[] from) {
        for (int i = 0; i < from.length; i++) {
            try {
                fields.get(i).set(null, from[i]);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

package k23.codegen.wasm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Instructions of a random function that leave the stack as it was, with more such parts inside.
 * Without any part a function is still valid.
 *
 * @param head what stands in front of the inner parts; all of it if there are none
 * @param body the inner parts
 * @param tail what stands behind them
 */
record Part(byte[] head, List<Part> body, byte[] tail) {
    void write(ByteArrayOutputStream out) {
        out.writeBytes(head);
        body.forEach(part -> part.write(out));
        out.writeBytes(tail);
    }

    /** Every list that is {@code list} with one part, at any depth, left out. */
    static List<List<Part>> withoutOne(List<Part> list) {
        var result = new ArrayList<List<Part>>();
        for (int i = 0; i < list.size(); i++) {
            var shorter = new ArrayList<>(list);
            Part removed = shorter.remove(i);
            result.add(shorter);
            for (List<Part> body : withoutOne(removed.body)) {
                var changed = new ArrayList<>(list);
                changed.set(i, new Part(removed.head, body, removed.tail));
                result.add(changed);
            }
        }
        return result;
    }
}

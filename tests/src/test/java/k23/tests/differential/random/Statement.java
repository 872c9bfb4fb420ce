package k23.tests.differential.random;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement of a random program, as text with statements inside. Removing any statement leaves a
 * program that javac accepts: all variables are declared, with values, before the first one.
 *
 * @param head what stands in front of the inner statements; the whole text if there are none
 * @param body the inner statements
 * @param tail what stands behind them
 */
record Statement(String head, List<Statement> body, String tail) {
    /** A statement without inner ones. */
    static Statement simple(String text) {
        return new Statement(text, List.of(), "");
    }

    void render(StringBuilder out, String indent) {
        out.append(indent).append(head).append('\n');
        body.forEach(inner -> inner.render(out, indent + "    "));
        if (!tail.isEmpty()) {
            out.append(indent).append(tail).append('\n');
        }
    }

    /** Every list that is {@code list} with one statement, at any depth, left out. */
    static List<List<Statement>> withoutOne(List<Statement> list) {
        List<List<Statement>> result = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            List<Statement> shorter = new ArrayList<>(list);
            Statement removed = shorter.remove(i);
            result.add(shorter);
            for (List<Statement> body : withoutOne(removed.body)) {
                List<Statement> changed = new ArrayList<>(list);
                changed.set(i, new Statement(removed.head, body, removed.tail));
                result.add(changed);
            }
        }
        return result;
    }
}

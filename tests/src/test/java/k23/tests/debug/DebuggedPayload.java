package k23.tests.debug;

import k23.sdk.NoInline;
import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.tests.bare.BareMachine;

/** A program to look at; {@link VariablesTest} knows its lines by the comments. */
final class DebuggedPayload {
    /** The symbol at which the payload starts. */
    static final String START = "k23_debugged_start";

    private static final String MAIN = "k23_debugged_main";

    private DebuggedPayload() {}

    private record Point(int x, long y) {
        Point plus(Point other) {
            int sum = x + other.x;
            long total = y + other.y; // inlined
            return new Point(sum, total);
        }
    }

    private static final class Node {
        private final int value;
        private final Node next;

        Node(int value, Node next) {
            this.value = value;
            this.next = next;
        }
    }

    /** The payload's first instruction. */
    @Template(START)
    static void start(Assembler a) {
        BareMachine.start(a, MAIN);
    }

    @Symbol(MAIN)
    static void main() {
        BareMachine.freeObjects();
        int[] data = {3, 1, 4, 1, 5};
        Node list = new Node(7, new Node(8, null));
        BareMachine.printHex(sum(data, 40, new Point(1, -2)));
        BareMachine.printHex(follow(list, 'k'));
        BareMachine.print('\n');
    }

    @NoInline
    static long sum(int[] data, int limit, Point point) {
        Point at = point;
        long total = 0;
        for (int i = 0; i < data.length; i++) {
            at = at.plus(new Point(data[i], i));
            total += at.y(); // in the loop
        }
        boolean isMore = at.x() > limit;
        return isMore ? total : total + at.x(); // behind the loop
    }

    @NoInline
    static long follow(Node node, char letter) {
        long values = letter;
        String name = "node";
        while (node != null) {
            values = values * 100 + node.value; // at a node
            node = node.next;
        }
        return values + name.length();
    }
}

package k23.codegen.link;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the instructions of one function come from, as changes of a stack of calls: what is inlined
 * lies on top of what it is inlined into. A change takes some calls off, moves the line of the one
 * that is on top then, and puts others on.
 */
final class LineProgram {
    /** The largest count of calls that stands in a change itself; from 3 on the rest follows. */
    private static final int MANY = 3;
    /** How far a line moves at most, so that a change fits 32 bits. */
    private static final int FARTHEST_LINES = 1 << 27;

    /** A call on the stack. */
    private record Call(MethodTable.Method method, int line) {
        /** Whether moving the line makes this call the other. */
        boolean canBecome(Call other) {
            return method.equals(other.method)
                    && Math.abs((long) other.line - line) < FARTHEST_LINES;
        }
    }

    /** From {@code pc} on the stack is {@code keep} calls of the last one and {@code pushed}. */
    private record Change(int distance, int pops, int lines, List<Call> pushed) {}

    /** The calls of each location that has been met; places next to each other share some. */
    private final Map<Location, List<Call>> stacks = new IdentityHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private List<Call> stack = List.of();
    private int pc;

    private LineProgram() {}

    /** The program of {@code function}. */
    static LineProgram of(Definition function) {
        var program = new LineProgram();
        List<SourceRange> ranges = function.ranges();
        for (int i = 0; i < ranges.size(); i++) {
            // Of several at one place the last one counts.
            if (i + 1 == ranges.size() || ranges.get(i + 1).offset() > ranges.get(i).offset()) {
                program.add(ranges.get(i).offset(), program.calls(ranges.get(i).location()));
            }
        }
        return program;
    }

    private List<Call> calls(Location innermost) {
        if (innermost == null) {
            return List.of();
        }
        List<Call> known = stacks.get(innermost);
        if (known == null) {
            known = new ArrayList<>(calls(innermost.inlinedAt()));
            known.add(new Call(new MethodTable.Method(innermost.method(), innermost.file()),
                    innermost.line()));
            stacks.put(innermost, known);
        }
        return known;
    }

    private void add(int offset, List<Call> next) {
        if (next.equals(stack)) {
            return;
        }
        int least = Math.min(stack.size(), next.size());
        int keep = 0;
        while (keep < least && stack.get(keep).equals(next.get(keep))) {
            keep++;
        }
        int lines = 0;
        if (keep < least && stack.get(keep).canBecome(next.get(keep))) {
            lines = next.get(keep).line - stack.get(keep).line;
            keep++;
        }
        changes.add(new Change(
                offset - pc, stack.size() - keep, lines, next.subList(keep, next.size())));
        stack = next;
        pc = offset;
    }

    /** Whether no place is known. */
    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Tells every method that the program names, as often as it does. */
    void forEachCall(MethodTable methods) {
        for (Change change : changes) {
            for (Call call : change.pushed) {
                methods.count(call.method, call.line);
            }
        }
    }

    /** The program, methods by their numbers. */
    byte[] bytes(MethodTable methods) {
        var out = new ByteSink();
        for (Change change : changes) {
            int pushes = change.pushed.size();
            int lines = change.lines << 1 ^ change.lines >> 31;
            out.uleb(change.distance);
            out.uleb(Integer.toUnsignedLong(lines) << 4 | Math.min(change.pops, MANY) << 2
                    | Math.min(pushes, MANY));
            if (change.pops >= MANY) {
                out.uleb(change.pops - MANY);
            }
            if (pushes >= MANY) {
                out.uleb(pushes - MANY);
            }
            for (Call call : change.pushed) {
                out.uleb(methods.number(call.method))
                        .uleb(Integer.toUnsignedLong(
                                call.line - methods.firstLine(call.method)));
            }
        }
        return out.toBytes();
    }
}

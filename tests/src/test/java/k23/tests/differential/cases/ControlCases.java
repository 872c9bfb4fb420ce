package k23.tests.differential.cases;

/** Loops, switches of every shape, labelled jumps, conditional expressions, finally. */
public final class ControlCases {
    /** The number of cases. */
    public static final int COUNT = 16;

    private static int closed;

    private record Guard(int weight) implements AutoCloseable {
        @Override
        public void close() {
            closed += weight;
        }
    }

    private ControlCases() {}

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        int n = (int) (a & 63);
        int m = (int) (b & 63);
        return switch (which) {
            case 0 -> sum(n);
            case 1 -> collatz(a & 0xffff);
            case 2 -> gcd(a & 0xffffff, b & 0xffffff);
            case 3 -> dense(n & 15);
            case 4 -> sparse((int) a);
            case 5 -> labelled(n, m);
            case 6 -> fallThrough(n % 6);
            case 7 -> doWhile(n);
            case 8 -> fib(n % 16);
            case 9 -> ackermann(n & 1, m & 7);
            case 10 -> useGuards(n, m);
            case 11 -> finallyCounts(n);
            case 12 -> nested(n, m);
            case 13 -> thrown(n, m);
            case 14 -> strings(n);
            default -> shortCircuit(a, b);
        };
    }

    private static long sum(int n) {
        long total = 0;
        for (int i = 0; i <= n; i++) {
            total += (long) i * i;
        }
        return total;
    }

    private static long collatz(long n) {
        long steps = 0;
        while (n > 1) {
            n = (n & 1) == 0 ? n / 2 : 3 * n + 1;
            steps++;
        }
        return steps;
    }

    private static long gcd(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    private static int dense(int n) {
        return switch (n) {
            case 0 -> 5;
            case 1, 2 -> 9;
            case 3 -> -1;
            case 4 -> 77;
            case 5 -> 1 << 20;
            case 6 -> n * 3;
            case 7 -> {
                int twice = n + n;
                yield twice * twice;
            }
            default -> n;
        };
    }

    private static int sparse(int n) {
        return switch (n) {
            case Integer.MIN_VALUE -> 1;
            case -1 -> 2;
            case 0 -> 3;
            case 1000 -> 4;
            case 65536 -> 5;
            case Integer.MAX_VALUE -> 6;
            default -> 7;
        };
    }

    private static int labelled(int n, int m) {
        int count = 0;
        outer:
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                if (j * i > 40) {
                    continue outer;
                }
                if (i + j > 70) {
                    break outer;
                }
                count += i ^ j;
            }
        }
        return count;
    }

    @SuppressWarnings("fallthrough")
    private static int fallThrough(int n) {
        int result = 0;
        switch (n) {
            case 0:
                result += 1;
            case 1:
                result += 10;
                break;
            case 2:
                result += 100;
            case 4:
                result += 1000;
            default:
                result += 10000;
        }
        return result;
    }

    private static int doWhile(int n) {
        int digits = 0;
        do {
            n /= 3;
            digits++;
        } while (n != 0);
        return digits;
    }

    private static int fib(int n) {
        return n < 2 ? n : fib(n - 1) + fib(n - 2);
    }

    private static int ackermann(int m, int n) {
        return m == 0 ? n + 1
                : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
    }

    private static int useGuards(int n, int m) {
        closed = 0;
        int inside;
        try (Guard outer = new Guard(n); Guard inner = new Guard(m * 100)) {
            inside = closed + outer.weight() - inner.weight();
        }
        return inside * 10000 + closed;
    }

    private static int finallyCounts(int n) {
        int count = 0;
        for (int i = 0; i < n; i++) {
            try {
                if (i % 3 == 0) {
                    continue;
                }
                if (i == 20) {
                    return count;
                }
            } finally {
                count += 7;
            }
        }
        return count;
    }

    private static long nested(int n, int m) {
        long hash = 17;
        for (int i = n; i > 0; i -= 3) {
            int j = m;
            while (true) {
                if (j <= 0) {
                    break;
                }
                hash = hash * 31 + (i ^ j);
                j -= (i & 1) == 0 ? 2 : 5;
            }
        }
        return hash;
    }

    private static int thrown(int n, int m) {
        if (n > 40) {
            throw new IllegalStateException("n is too large");
        }
        if (m == 0) {
            throw new IllegalArgumentException("m is zero");
        }
        return n / m;
    }

    private static int strings(int n) {
        String name = switch (n & 3) {
            case 0 -> "frame";
            case 1 -> "page";
            case 2 -> "Aa";
            default -> "BB";
        };
        int code = switch (name) {
            case "frame" -> 1;
            case "page" -> 2;
            case "Aa" -> 3;
            case "BB" -> 4;
            default -> 5;
        };
        return code * 1000 + name.length() * 100 + name.charAt(name.length() - 1);
    }

    private static int shortCircuit(long a, long b) {
        int bits = 0;
        if (a > 0 && (b / a) > 1) {
            bits |= 1;
        }
        if (b == 0 || a % b == 0) {
            bits |= 2;
        }
        if (!(a < b) ^ (a == b)) {
            bits |= 4;
        }
        return bits;
    }
}

package k23.tests.bench.kernel;

/** A kernel of floating point: the outer planets, five bodies under Newton's law. */
public final class PlanetKernel {
    private static final int STEPS = 2_000;
    private static final double STEP_DAYS = 0.01;
    private static final double DAYS_OF_YEAR = 365.24;
    private static final double SUN_MASS = 4 * Math.PI * Math.PI;

    /** Places in astronomical units, velocities in those a day, masses in those of the sun. */
    private static final double[] START = {
        0, 0, 0, 0, 0, 0, 1,
        4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
        0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023,
        0.000954791938424326609,
        8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
        -0.00276742510726411899, 0.00499852801234917238, 0.0000230417297573763929,
        0.000285885980666130812,
        12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
        0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556,
        0.0000436624404335156298,
        15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
        0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870,
        0.0000515138902046611451,
    };
    private static final int NUMBERS = 7;

    private static final Body[] BODIES = new Body[START.length / NUMBERS];

    static {
        for (int i = 0; i < BODIES.length; i++) {
            BODIES[i] = new Body();
        }
    }

    private PlanetKernel() {}

    private record Vector(double x, double y, double z) {
        Vector plus(Vector other) {
            return new Vector(x + other.x, y + other.y, z + other.z);
        }

        Vector minus(Vector other) {
            return new Vector(x - other.x, y - other.y, z - other.z);
        }

        Vector times(double factor) {
            return new Vector(x * factor, y * factor, z * factor);
        }

        double square() {
            return x * x + y * y + z * z;
        }
    }

    private static final class Body {
        private Vector place = new Vector(0, 0, 0);
        private Vector velocity = new Vector(0, 0, 0);
        private double mass;
    }

    /** The bits of the system's energy after 2,000 steps, in a frame where its momentum is 0. */
    public static long nbody() {
        start();
        advance(BODIES, STEPS);
        return Double.doubleToLongBits(energy(BODIES));
    }

    private static void start() {
        Vector momentum = new Vector(0, 0, 0);
        for (int i = 0; i < BODIES.length; i++) {
            Body body = BODIES[i];
            int from = i * NUMBERS;
            body.place = new Vector(START[from], START[from + 1], START[from + 2]);
            body.velocity = new Vector(START[from + 3], START[from + 4], START[from + 5])
                    .times(DAYS_OF_YEAR);
            body.mass = START[from + 6] * SUN_MASS;
            momentum = momentum.plus(body.velocity.times(body.mass));
        }
        BODIES[0].velocity = momentum.times(-1 / SUN_MASS);
    }

    private static void advance(Body[] bodies, int steps) {
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < bodies.length; i++) {
                Body a = bodies[i];
                Vector place = a.place;
                Vector velocity = a.velocity;
                double mass = a.mass;
                for (int j = i + 1; j < bodies.length; j++) {
                    Body b = bodies[j];
                    Vector distance = place.minus(b.place);
                    double square = distance.square();
                    double magnitude = STEP_DAYS / (square * Math.sqrt(square));
                    velocity = velocity.minus(distance.times(b.mass * magnitude));
                    b.velocity = b.velocity.plus(distance.times(mass * magnitude));
                }
                a.velocity = velocity;
            }
            for (Body body : bodies) {
                body.place = body.place.plus(body.velocity.times(STEP_DAYS));
            }
        }
    }

    private static double energy(Body[] bodies) {
        double energy = 0;
        for (int i = 0; i < bodies.length; i++) {
            Body a = bodies[i];
            energy += 0.5 * a.mass * a.velocity.square();
            for (int j = i + 1; j < bodies.length; j++) {
                Body b = bodies[j];
                energy -= a.mass * b.mass / Math.sqrt(a.place.minus(b.place).square());
            }
        }
        return energy;
    }
}

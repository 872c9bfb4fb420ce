import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;

/** Conway's Life on the console: a glider on a small torus, generation by generation. */
final class Life {
    private static final int WIDTH = 24;
    private static final int HEIGHT = 12;
    private static final int GENERATIONS = 24;

    /** A cell and its place. A record is a value: no object is made of it. */
    record Cell(int x, int y) {
        int index() {
            return Math.floorMod(y, HEIGHT) * WIDTH + Math.floorMod(x, WIDTH);
        }

        Cell moved(int byX, int byY) {
            return new Cell(x + byX, y + byY);
        }
    }

    // Static fields are initialised while the payload is compiled; these arrays are in the image.
    private static boolean[] now = glider();
    private static boolean[] next = new boolean[WIDTH * HEIGHT];

    @Entry
    static void main(int hart, BootInfo boot) {
        for (int generation = 0; generation <= GENERATIONS; generation++) {
            if (generation % 8 == 0) {
                Log.info("generation " + generation);
                print();
            }
            step();
        }
    }

    private static boolean[] glider() {
        boolean[] cells = new boolean[WIDTH * HEIGHT];
        int[] xs = {1, 2, 0, 1, 2};
        int[] ys = {0, 1, 2, 2, 2};
        for (int i = 0; i < xs.length; i++) {
            cells[new Cell(xs[i], ys[i]).index()] = true;
        }
        return cells;
    }

    private static void step() {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                Cell cell = new Cell(x, y);
                int around = neighbours(cell);
                next[cell.index()] = around == 3 || around == 2 && now[cell.index()];
            }
        }
        boolean[] old = now;
        now = next;
        next = old;
    }

    private static int neighbours(Cell cell) {
        int count = 0;
        for (int byY = -1; byY <= 1; byY++) {
            for (int byX = -1; byX <= 1; byX++) {
                if ((byX != 0 || byY != 0) && now[cell.moved(byX, byY).index()]) {
                    count++;
                }
            }
        }
        return count;
    }

    private static void print() {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                Log.print(now[new Cell(x, y).index()] ? "#" : ".");
            }
            Log.print("\n");
        }
    }
}

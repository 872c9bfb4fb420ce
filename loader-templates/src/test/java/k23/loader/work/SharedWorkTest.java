package k23.loader.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The protocol of claims, with threads for harts: each piece once, none lost, all seen. */
@Timeout(60)
class SharedWorkTest {
    private static final int ROUNDS = 3000;

    /** Plain memory that workers write: what makes it visible are the counters alone. */
    private static final class Squares extends SharedWork {
        private final int[] results;
        private final int[] turns;
        private final int[] byWorker = new int[WORKERS];
        private final int bad;

        Squares(int pieces, int bad) {
            results = new int[pieces];
            turns = new int[pieces];
            this.bad = bad;
            offer(pieces);
        }

        @Override
        protected boolean perform(int piece, int worker) {
            results[piece] = piece * piece;
            turns[piece]++;
            byWorker[worker]++;
            return piece != bad;
        }

        void check() {
            for (int i = 0; i < results.length; i++) {
                assertEquals(i * i, results[i]);
                assertEquals(1, turns[i], "piece " + i);
            }
        }
    }

    private static List<Thread> start(CyclicBarrier barrier, SharedWork[] current, int rounds) {
        var harts = new ArrayList<Thread>();
        for (int i = 1; i < SharedWork.WORKERS; i++) {
            int worker = i;
            harts.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < rounds; round++) {
                    await(barrier);
                    current[0].takePart(worker);
                    await(barrier);
                }
            }));
        }
        return harts;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyPieceIsDoneOnceAndSeen() throws Exception {
        var barrier = new CyclicBarrier(SharedWork.WORKERS);
        var current = new SharedWork[1];
        List<Thread> harts = start(barrier, current, ROUNDS);
        int helped = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int bad = round % 3 == 0 ? round % 17 : -1;
            Squares work = new Squares(round % 40, bad);
            current[0] = work;
            await(barrier);
            assertTrue(work.complete());
            work.check();
            assertEquals(bad < 0 || bad >= round % 40, work.isGood());
            helped += work.byWorker[1] + work.byWorker[2] + work.byWorker[3];
            await(barrier);
        }
        for (Thread hart : harts) {
            hart.join();
        }
        assertTrue(helped > 0, "nobody helped in " + ROUNDS + " rounds");
    }

    /** Harts that come late, even while other work is under way, find nothing and do no harm. */
    @Test
    void whoComesLateFindsNothing() throws Exception {
        var works = new Squares[ROUNDS];
        var newest = new Squares[1];
        Thread late = Thread.ofPlatform().unstarted(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                works[i].takePart(1);
                newest[0].takePart(1);
            }
        });
        for (int i = 0; i < ROUNDS; i++) {
            works[i] = new Squares(8, -1);
        }
        newest[0] = works[0];
        late.start();
        for (Squares work : works) {
            newest[0] = work;
            assertTrue(work.complete());
            work.check();
        }
        late.join();
        for (Squares work : works) {
            work.check();
        }
    }

    @Test
    void oneHartDoesEverything() {
        Squares work = new Squares(5, -1);
        assertTrue(work.complete());
        assertTrue(work.isGood());
        assertArrayEquals(new int[] {5, 0, 0, 0}, work.byWorker);
        work.takePart(1);
        assertArrayEquals(new int[] {5, 0, 0, 0}, work.byWorker);
    }

    @Test
    void whoComesBeforeTheOfferClaimsNothing() {
        var pieces = new ArrayList<Integer>();
        SharedWork work = new SharedWork() {
            {
                takePart(1);
                takePart(2);
                offer(3);
            }

            @Override
            protected boolean perform(int piece, int worker) {
                return pieces.add(piece);
            }
        };
        assertTrue(work.complete());
        assertEquals(List.of(0, 1, 2), pieces);
    }

    /** The boot must not hang: it is told, and stops with a message. */
    @Test
    void aHartThatKeepsAPieceIsTold() throws Exception {
        var claimed = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        SharedWork work = new SharedWork() {
            {
                offer(3);
            }

            @Override
            protected boolean perform(int piece, int worker) {
                if (worker == 1) {
                    claimed.countDown();
                    try {
                        leave.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                return true;
            }
        };
        Thread lost = Thread.ofPlatform().start(() -> work.takePart(1));
        claimed.await();
        assertFalse(work.complete(1000));
        leave.countDown();
        lost.join();
        assertTrue(work.complete(1000));
    }
}

package k23.tests.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that is talked to: it is awaited until it says something, and is answered. */
public final class Conversation implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final StringBuilder heard = new StringBuilder();
    private final long deadline = System.nanoTime() + LIMIT.toNanos();
    private boolean over;

    /** Starts a command; its standard error is part of what is heard. */
    public Conversation(List<String> command) {
        try {
            process = new ProcessBuilder(command).directory(Repository.ROOT.toFile())
                    .redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> listen(process.getInputStream()));
    }

    private void listen(InputStream from) {
        byte[] bytes = new byte[4096];
        try (from) {
            for (int n = from.read(bytes); n >= 0; n = from.read(bytes)) {
                hear(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException _) {
            // A killed process closes its pipe.
        }
        synchronized (this) {
            over = true;
            notifyAll();
        }
    }

    private synchronized void hear(String text) {
        heard.append(text);
        notifyAll();
    }

    /** All that the process has said. */
    public synchronized String text() {
        return heard.toString();
    }

    /** Waits until the process has said {@code text} so often; fails if it ends before. */
    public synchronized Conversation await(String text, int times) {
        while (count(text) < times) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (over || left <= 0) {
                throw new AssertionError("\"" + text + "\" was not said, but\n" + heard);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return this;
    }

    private int count(String text) {
        int count = 0;
        for (int at = heard.indexOf(text); at >= 0; at = heard.indexOf(text, at + 1)) {
            count++;
        }
        return count;
    }

    /** Says something to the process. */
    public Conversation say(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits for the end; the exit status. */
    public int end() {
        try {
            long left = deadline - System.nanoTime();
            if (!process.waitFor(Math.max(left, 0), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("it does not end after\n" + text());
            }
            synchronized (this) {
                while (!over) {
                    wait();
                }
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

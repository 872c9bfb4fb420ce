package k23.codegen.cranelift;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/** A worker of the library's with a buffer for what it reads. For one thread at a time. */
final class NativeWorker implements AutoCloseable {
    private static final long OUTPUT =
            NativeLibrary.WORKER.byteOffset(PathElement.groupElement("output"));
    private static final long OUTPUT_BYTES =
            NativeLibrary.WORKER.byteOffset(PathElement.groupElement("output_bytes"));
    private static final int INITIAL_INPUT_BYTES = 1 << 16;

    private final NativeLibrary library;
    private final LongSupplier clock;
    private final MemorySegment worker;
    private long time;
    private Arena inputArena = Arena.ofShared();
    private MemorySegment input = inputArena.allocate(INITIAL_INPUT_BYTES, 8);
    private boolean closed;

    NativeWorker(NativeLibrary library, LongSupplier clock) {
        this.library = library;
        this.clock = clock;
        MemorySegment address = library.workerNew();
        if (address.equals(MemorySegment.NULL)) {
            throw new CraneliftException("the library could not make a worker");
        }
        worker = address.reinterpret(NativeLibrary.WORKER.byteSize());
    }

    String describe() {
        check(library.describe(open()));
        return outputText();
    }

    MemorySegment isaNew(String settings) {
        byte[] bytes = settings.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(bytes, 0, room(bytes.length), ValueLayout.JAVA_BYTE, 0, bytes.length);
        MemorySegment isa = library.isaNew(open(), input, bytes.length);
        if (isa.equals(MemorySegment.NULL)) {
            throw new CraneliftException(outputText());
        }
        return isa;
    }

    /** Compiles; the result is readable until the next call. */
    MemorySegment compile(MemorySegment isa, int[] words) {
        write(words);
        long start = clock.getAsLong();
        int status = library.compile(open(), isa, input, words.length);
        time += clock.getAsLong() - start;
        check(status);
        return output();
    }

    /** What the clock counted while {@link #compile} was in the library. */
    long time() {
        return time;
    }

    String text(MemorySegment isa, int[] words, int form) {
        write(words);
        check(library.text(open(), isa, input, words.length, form));
        return outputText();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            library.workerFree(worker);
            inputArena.close();
        }
    }

    private MemorySegment open() {
        if (closed) {
            throw new IllegalStateException("the worker is closed");
        }
        return worker;
    }

    private void check(int status) {
        if (status != 0) {
            throw new CraneliftException(outputText());
        }
    }

    private MemorySegment output() {
        long bytes = worker.get(ValueLayout.JAVA_LONG, OUTPUT_BYTES);
        return worker.get(ValueLayout.ADDRESS, OUTPUT).reinterpret(bytes);
    }

    private String outputText() {
        return new String(output().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private void write(int[] words) {
        MemorySegment.copy(words, 0, room(words.length * 4L), ValueLayout.JAVA_INT, 0,
                words.length);
    }

    private MemorySegment room(long bytes) {
        if (bytes > input.byteSize()) {
            inputArena.close();
            inputArena = Arena.ofShared();
            input = inputArena.allocate(Math.max(bytes, input.byteSize() * 2), 8);
        }
        return input;
    }
}

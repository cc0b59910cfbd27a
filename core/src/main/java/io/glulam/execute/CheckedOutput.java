package io.glulam.execute;

import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes to an object and reads back what it wrote: the checksum of every stretch is compared with that of the bytes
 * handed over, while the writing goes on. Not thread-safe, but checks run on workers.
 */
final class CheckedOutput {
    private static final int STRETCH = 8 << 20;
    private static final int READ = 256 << 10;
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(READ));

    private final ObjectWriter writer;
    private final ArrayDeque<Future<?>> checks = new ArrayDeque<>();
    private @Nullable ExecutorService workers;
    private CRC32C checksum = new CRC32C();
    private long stretchStart;

    CheckedOutput(ObjectWriter writer) {
        this.writer = writer;
    }

    /** Sets where checks run. */
    void checkOn(ExecutorService executor) {
        workers = executor;
    }

    long position() {
        return writer.position();
    }

    void append(ByteBuffer bytes) {
        checksum.update(bytes.duplicate());
        writer.append(bytes);
        if (writer.position() - stretchStart >= STRETCH) {
            endStretch();
        }
    }

    private void endStretch() {
        long from = stretchStart;
        long to = writer.position();
        long expected = checksum.getValue();
        checksum = new CRC32C();
        stretchStart = to;
        ExecutorService executor = workers;
        if (executor == null || executor.isShutdown()) {
            check(from, to, expected);
            return;
        }
        checks.add(executor.submit(() -> check(from, to, expected)));
        while (!checks.isEmpty() && checks.peek().isDone()) {
            await(checks.remove());
        }
    }

    private void check(long from, long to, long expected) {
        CRC32C found = new CRC32C();
        ByteBuffer buffer = BUFFER.get();
        for (long at = from; at < to; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
            writer.read(at, buffer);
            found.update(buffer.flip());
        }
        if (found.getValue() != expected) {
            throw new VerificationFailed(Place.at(from), "what was written reads back differently");
        }
    }

    /** Ends what is unchecked and waits for all checks. */
    void awaitChecks() {
        if (writer.position() > stretchStart) {
            endStretch();
        }
        while (!checks.isEmpty()) {
            await(checks.remove());
        }
    }

    private static void await(Future<?> check) {
        try {
            check.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new io.glulam.error.StorageFailed(Place.UNKNOWN, "interrupted", "nothing was published");
        }
    }

    /** Appends a range that the store copies: it is not read back, nor is it our doing. */
    void copy(RangeReader source, long offset, long length) {
        if (writer.position() > stretchStart) {
            endStretch();
        }
        writer.copy(source, offset, length);
        stretchStart = writer.position();
    }
}

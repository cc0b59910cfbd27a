package io.glulam.bench.merge;

import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.HttpMessage;
import io.glulam.testkit.s3.Operation;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A store whose answers take a while, over a link that all requests share. */
public final class SlowStore implements AutoCloseable {
    private final StrictStore store;
    private final List<FileChannel> files = new ArrayList<>();
    private final long bytesPerSecond;
    private long free = System.nanoTime();

    /** @param bytesPerSecond of the link, in both directions together; {@link Long#MAX_VALUE} for no limit */
    public SlowStore(Path folder, long latencyMillis, long bytesPerSecond) {
        this.store = StrictStore.start(StoreRules.S3, folder);
        this.bytesPerSecond = bytesPerSecond;
        store.throttle(Long.MAX_VALUE, latencyMillis);
        store.doBefore((number, request) -> transfer(request));
    }

    private @Nullable Runnable transfer(HttpMessage request) {
        long bytes = request.body().length;
        if (request.operation() == Operation.GET && store.etag(request.key()) != null) {
            bytes += store.get(request.key()).length(); // These objects are read whole.
        }
        long until = reserve(bytes);
        return () -> LockSupport.parkNanos(until - System.nanoTime());
    }

    private synchronized long reserve(long bytes) {
        if (bytesPerSecond != Long.MAX_VALUE) {
            free = Math.max(free, System.nanoTime()) + bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
            return free;
        }
        return System.nanoTime();
    }

    /** Puts a file's bytes under a key. */
    public void put(String key, Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        files.add(channel);
        store.put(key, Extents.of(channel, 0, channel.size()), Map.of());
    }

    public StrictStore store() {
        return store;
    }

    @Override
    public void close() throws IOException {
        store.close();
        for (FileChannel file : files) {
            file.close();
        }
    }
}

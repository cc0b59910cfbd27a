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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A store whose answers take a while, over a link that all requests share. */
public final class SlowStore implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

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
            bytes += answered(
                    store.get(request.key()).length(), request.headers().get("range"));
        }
        long until = reserve(bytes);
        return () -> LockSupport.parkNanos(until - System.nanoTime());
    }

    private static long answered(long size, @Nullable String range) {
        Matcher ends = RANGE.matcher(range == null ? "bytes=0-" : range);
        if (!ends.matches()) {
            throw new IllegalArgumentException("no range: " + range);
        }
        long last = ends.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(ends.group(2));
        return ends.group(1).isEmpty()
                ? Math.min(size, last)
                : Math.min(size - 1, last) + 1 - Long.parseLong(ends.group(1));
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

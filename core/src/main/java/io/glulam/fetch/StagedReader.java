package io.glulam.fetch;

import io.glulam.pipeline.ExecutionResources;
import io.glulam.staging.StagedSource;
import io.glulam.storage.ByteRange;
import io.glulam.storage.ForwardingReader;
import io.glulam.storage.PartLimits;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A remote object of which ranges are fetched once, in few requests, and read at random from then on. Reading what was
 * not staged asks the store. Owns what it stands before and the spool. Thread-safe.
 */
public final class StagedReader extends ForwardingReader implements StagedSource {
    private final RangeSpool spool;
    private final PartLimits target;
    private final StagingFetcher fetcher;

    /** The ranges in the spool: the end of each range by its start. They neither touch nor overlap. */
    private final TreeMap<Long, Long> staged = new TreeMap<>();

    private StagedReader(RangeReader origin, RangeSpool spool, PartLimits target, int connections) {
        super(origin);
        this.spool = spool;
        this.target = target;
        this.fetcher = new StagingFetcher(origin, spool, connections);
    }

    /**
     * Stands before a remote object.
     *
     * @param resources that the spool comes from
     * @param target what the parts must be like that the object's bytes may be copied into; without copies, all of it
     *     will be fetched
     */
    public static StagedReader over(RangeReader origin, ExecutionResources resources, PartLimits target) {
        return new StagedReader(origin, resources.newSpool(), target, StagingFetcher.CONNECTIONS);
    }

    @Override
    public PartLimits target() {
        return target;
    }

    @Override
    public void stage(List<ByteRange> ranges) {
        synchronized (fetcher) {
            List<ByteRange> missing = missing(ranges);
            fetcher.fetch(missing);
            synchronized (staged) {
                missing.forEach(this::markStaged);
            }
        }
    }

    private List<ByteRange> missing(List<ByteRange> ranges) {
        synchronized (staged) {
            List<ByteRange> missing = new ArrayList<>();
            for (ByteRange range : ByteRange.joined(ranges, 0)) {
                addMissing(new ByteRange(range.start(), Math.min(range.end(), size())), missing);
            }
            return missing;
        }
    }

    private void addMissing(ByteRange range, List<ByteRange> missing) {
        long at = range.start();
        while (at < range.end()) {
            long end = stagedUntil(at);
            if (end > at) {
                at = end;
            } else {
                Long next = staged.higherKey(at);
                long until = next == null ? range.end() : Math.min(next, range.end());
                missing.add(new ByteRange(at, until));
                at = until;
            }
        }
    }

    /** Where the staged range around {@code position} ends; {@code position} itself if it lies in none. */
    private long stagedUntil(long position) {
        Map.Entry<Long, Long> before = staged.floorEntry(position);
        return before == null ? position : Math.max(position, before.getValue());
    }

    private void markStaged(ByteRange range) {
        long start = range.start();
        long end = range.end();
        Map.Entry<Long, Long> before = staged.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            start = before.getKey();
        }
        Long endOfNext = staged.remove(end);
        staged.put(start, endOfNext == null ? end : endOfNext);
    }

    @Override
    public void willRead(long position, long length) {
        stage(List.of(new ByteRange(position, position + length)));
    }

    @Override
    public void read(long position, ByteBuffer target) {
        long end;
        synchronized (staged) {
            end = stagedUntil(position);
        }
        int inSpool = (int) Math.min(end - position, target.remaining());
        if (inSpool > 0) {
            int limit = target.limit();
            target.limit(target.position() + inSpool);
            spool.read(position, target);
            target.limit(limit);
        }
        if (target.hasRemaining()) {
            delegate().read(position + inSpool, target);
        }
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public void close() {
        try {
            spool.close();
        } finally {
            super.close();
        }
    }
}

package io.glulam.s3;

import io.glulam.s3.client.RequestBody;
import io.glulam.storage.ObjectVersion;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import io.glulam.storage.Segment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The written part of a new object: literals in a spool, ranges of other objects where they are. Neighbours that belong
 * together are one segment. Thread-safe.
 */
final class WrittenSegments implements AutoCloseable {
    private final S3Store store;
    private final RangeSpool.Factory spools;
    private final List<Written> segments = new ArrayList<>();
    private @Nullable RangeSpool spool;
    private long size;

    /** Bytes from {@code start} on; those of {@code source} from {@code offset} on, or else spooled ones. */
    private record Written(
            long start,
            long length,
            @Nullable RangeReader source,
            long offset,
            @Nullable Origin origin) {
        long end() {
            return start + length;
        }

        boolean copied() {
            return origin != null;
        }

        @SuppressWarnings("ReferenceEquality") // Another reader may read another version.
        boolean goesOnWith(Written next) {
            return source == next.source
                    && (source == null || offset + length == next.offset)
                    && (origin == null
                            ? next.origin == null
                            : next.origin != null
                                    && origin.object().equals(next.origin.object())
                                    && origin.offset() + length == next.origin.offset());
        }
    }

    /** Where copied bytes come from: an object and the offset in it. */
    record Origin(ObjectVersion object, long offset) {}

    WrittenSegments(S3Store store, RangeSpool.Factory spools) {
        this.store = store;
        this.spools = spools;
    }

    synchronized long size() {
        return size;
    }

    void append(ByteBuffer literal) {
        int length = literal.remaining();
        if (length > 0) {
            spool().write(size(), literal);
            add(new Written(size(), length, null, 0, null));
        }
    }

    private synchronized RangeSpool spool() {
        if (spool == null) {
            spool = spools.create();
        }
        return spool;
    }

    void copy(RangeReader source, long offset, long length) {
        long[] at = {offset};
        source.versions(offset, length, (object, from, count) -> {
            Origin origin = object != null && isCopyable(object) ? new Origin(object, from) : null;
            add(new Written(size(), count, source, at[0], origin));
            at[0] += count;
        });
    }

    @SuppressWarnings("ReferenceEquality") // A store is itself; two of one bucket may differ in their credentials.
    private boolean isCopyable(ObjectVersion object) {
        return object.store() == store
                && object.size() >= store.capabilities().parts().smallestSource()
                && store.capabilities().parts().copies();
    }

    private synchronized void add(Written next) {
        Written last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        if (last != null && last.goesOnWith(next)) {
            segments.set(
                    segments.size() - 1,
                    new Written(last.start, last.length + next.length, last.source, last.offset, last.origin));
        } else {
            segments.add(next);
        }
        size += next.length;
    }

    /** Returns the segments from a position on. */
    synchronized List<Segment> from(long position) {
        List<Segment> rest = new ArrayList<>();
        for (int i = indexOf(position); i < segments.size(); i++) {
            Written segment = segments.get(i);
            long length = segment.end() - Math.max(position, segment.start);
            if (length > 0) {
                rest.add(new Segment(length, segment.copied()));
            }
        }
        return rest;
    }

    /** Returns the sources that the store was to copy from. */
    synchronized Set<RangeReader> copiedSources() {
        Set<RangeReader> sources = new LinkedHashSet<>();
        for (Written segment : segments) {
            if (segment.copied() && segment.source != null) {
                sources.add(segment.source);
            }
        }
        return sources;
    }

    /** Returns the origin of copied bytes. */
    synchronized Origin origin(long position) {
        Written segment = segments.get(indexOf(position));
        Origin origin = segment.origin;
        if (origin == null) {
            throw new IllegalStateException("not copied: " + position);
        }
        return new Origin(origin.object(), origin.offset() + position - segment.start);
    }

    private int indexOf(long position) {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).end() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low);
    }

    void read(long position, ByteBuffer target) {
        long at = position;
        int limit = target.limit();
        while (target.position() < limit) {
            Written segment = at(at);
            target.limit((int) Math.min(limit, target.position() + segment.end() - at));
            int count = target.remaining();
            if (segment.source == null) {
                spool().read(at, target);
            } else {
                segment.source.read(segment.offset + at - segment.start, target);
            }
            at += count;
            target.limit(limit);
        }
    }

    private synchronized Written at(long position) {
        if (position < 0 || position >= size) {
            throw new IllegalArgumentException("nothing was written at " + position);
        }
        return segments.get(indexOf(position));
    }

    /** The sources of a stretch fetch what they do not have of it, each range at once. */
    void fetch(long position, long length) {
        for (long at = position; at < position + length; ) {
            Written segment = at(at);
            long end = Math.min(position + length, segment.end());
            if (segment.source != null) {
                segment.source.willRead(segment.offset + at - segment.start, end - at);
            }
            at = end;
        }
    }

    /** Returns a stretch as what a request sends. */
    RequestBody body(long position, long length) {
        return new RequestBody() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void read(long at, ByteBuffer target) {
                WrittenSegments.this.read(position + at, target);
            }
        };
    }

    @Override
    public synchronized void close() {
        if (spool != null) {
            spool.close();
        }
    }
}

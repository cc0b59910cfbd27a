package io.glulam.s3;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.s3.client.ObjectHead;
import io.glulam.s3.client.ObjectReads.Tail;
import io.glulam.s3.client.RequestCounter;
import io.glulam.storage.ObjectAttributes;
import io.glulam.storage.ObjectVersion;
import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * An object pinned by its ETag, its last bytes read at once: one request brings footer, size, version and attributes.
 * Every further read is a request that the store refuses if the version has changed.
 */
public final class S3Reader implements RangeReader {
    private final S3Store store;
    private final String key;
    private final ObjectHead head;
    private final byte[] tail;
    private final RequestCounter counter;

    private S3Reader(S3Store store, String key, ObjectHead head, byte[] tail, RequestCounter counter) {
        this.store = store;
        this.key = key;
        this.head = head;
        this.tail = tail;
        this.counter = counter;
    }

    /** Opens a version that was pinned before; asks nothing. */
    static S3Reader reopen(S3Store store, String key, long size, String etag) {
        ObjectHead head = new ObjectHead(size, etag, Instant.EPOCH, ObjectAttributes.NONE, 0);
        return new S3Reader(store, key, head, new byte[0], new RequestCounter());
    }

    /**
     * Opens the present version.
     *
     * @param tailBytes of its end that are read at once
     */
    static S3Reader open(S3Store store, String key, int tailBytes, RequestCounter counter) {
        Tail tail = store.capabilities().suffixRanges() ? store.reads().tail(key, tailBytes, counter) : null;
        S3Reader reader = tail == null
                ? new S3Reader(store, key, store.requireHead(key, counter), new byte[0], counter)
                : new S3Reader(store, key, tail.head(), tail.bytes(), counter);
        if (reader.head.etag().isEmpty()) {
            throw new StorageFailed(store.bucket().place(key), "the store tells no ETag, so nothing pins it", null);
        }
        return reader;
    }

    @Override
    public String name() {
        return store.nameOf(key);
    }

    @Override
    public long size() {
        return head.size();
    }

    @Override
    public String version() {
        return head.etag();
    }

    @Override
    public void read(long position, ByteBuffer target) {
        transfer(position, target.remaining(), (at, bytes) -> target.put(bytes));
    }

    @Override
    public void transfer(long position, long length, Sink sink) {
        if (length > size() - position) {
            throw new CorruptFile(
                    new Place(name(), -1, null, size()),
                    "the object ends at " + size() + ", " + (position + length - size()) + " bytes early");
        }
        long tailStart = size() - tail.length;
        long before = Math.min(length, Math.max(0, tailStart - position));
        if (before > 0) {
            store.reads().range(key, version(), position, before, counter, sink::accept);
        }
        if (length > before) {
            int from = (int) (position + before - tailStart);
            sink.accept(position + before, ByteBuffer.wrap(tail, from, (int) (length - before)));
        }
    }

    @Override
    public void checkUnchanged() {
        ObjectHead now = store.reads().head(key, counter);
        if (now == null || !now.etag().equals(version())) {
            throw new SourceChanged(
                    Place.of(name()), "the object changed while it was read", "it was left as it is; run again");
        }
    }

    @Override
    public long requestBytes() {
        return store.capabilities().requestBytes();
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public long heldFrom() {
        return size() - tail.length;
    }

    @Override
    public ObjectVersion stored() {
        return new ObjectVersion(store, key, version(), size());
    }

    /** Asks the store for the tags, if there are any. */
    @Override
    public ObjectAttributes attributes() {
        ObjectAttributes known = head.attributes();
        return head.tagCount() == 0
                ? known
                : new ObjectAttributes(
                        known.headers(), known.metadata(), store.reads().tags(key, counter), known.unkeepable());
    }

    @Override
    public Traffic traffic() {
        return counter.traffic();
    }

    @Override
    public void close() {}
}

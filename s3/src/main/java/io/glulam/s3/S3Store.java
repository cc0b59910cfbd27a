package io.glulam.s3;

import io.glulam.error.Remedy;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.s3.client.Bucket;
import io.glulam.s3.client.ObjectHead;
import io.glulam.s3.client.ObjectListings;
import io.glulam.s3.client.ObjectReads;
import io.glulam.s3.client.ObjectWrites;
import io.glulam.s3.client.RequestCounter;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.Traffic;
import io.glulam.storage.WriteRequest;
import java.util.Optional;
import java.util.function.Predicate;

/** One bucket of S3, R2 or a compatible store. Thread-safe. */
public final class S3Store implements ObjectStore, ObjectLister, ObjectRemover {
    /** Bytes of an object's end that are read first: most footers, and the page indexes of smaller files. */
    private static final int TAIL = 512 << 10;

    /** Objects up to this size are read whole by the request for their end, where all of them will be needed. */
    private static final int WHOLE = 8 << 20;

    private final Bucket bucket;
    private final StoreCapabilities capabilities;
    private final int tailBytes;
    private final UploadWatcher watcher;
    private final ObjectReads reads;
    private final ObjectWrites writes;
    private final ObjectListings listings;

    /** @param capabilities what the store behind the bucket can do: {@link S3Capabilities}, or what was probed */
    public S3Store(Bucket bucket, StoreCapabilities capabilities) {
        this(bucket, capabilities, TAIL, UploadWatcher.NONE);
    }

    /** @param tailBytes of an object's end that are read first */
    S3Store(Bucket bucket, StoreCapabilities capabilities, int tailBytes) {
        this(bucket, capabilities, tailBytes, UploadWatcher.NONE);
    }

    private S3Store(Bucket bucket, StoreCapabilities capabilities, int tailBytes, UploadWatcher watcher) {
        this.bucket = bucket;
        this.capabilities = capabilities;
        this.tailBytes = tailBytes;
        this.watcher = watcher;
        this.reads = new ObjectReads(bucket);
        this.writes = new ObjectWrites(bucket);
        this.listings = new ObjectListings(bucket);
    }

    /**
     * Returns the same bucket, over the same connections, with a watcher that hears of the uploads that are begun
     * through it.
     */
    public S3Store watchedBy(UploadWatcher newWatcher) {
        return new S3Store(bucket, capabilities, tailBytes, newWatcher);
    }

    @Override
    public String nameOf(String key) {
        return bucket.nameOf(key);
    }

    @Override
    public StoreCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public S3Reader open(String key) {
        return S3Reader.open(this, key, tailBytes, new RequestCounter());
    }

    /**
     * Reads an object of at most {@value #WHOLE} bytes, or of unknown size as many of its last bytes, by one request.
     */
    @Override
    public S3Reader open(String key, long expectedSize) {
        int first = expectedSize < 0 ? WHOLE : expectedSize <= WHOLE ? (int) Math.max(1, expectedSize) : tailBytes;
        return S3Reader.open(this, key, first, new RequestCounter());
    }

    @Override
    public S3Reader reopen(String key, long size, String version) {
        return S3Reader.reopen(this, key, size, version);
    }

    @Override
    public S3Writer create(String key, WriteRequest object) {
        RequestCounter counter = new RequestCounter();
        if (looksBefore(object.condition()) && reads.head(key, counter) != null) {
            throw new StorageFailed(
                    StorageFailed.Kind.EXISTS, bucket.place(key), "the object exists", Remedy.OVERWRITE.text());
        }
        boolean backupTaken = Backup.isTaken(this, object, counter);
        if (object.expectedSize() > capabilities.parts().largestObject()) {
            throw new Unsupported(bucket.place(key), "the store takes no object of that size");
        }
        return new S3Writer(this, key, object, NewAttributes.of(this, key, object), backupTaken, counter);
    }

    /** Whether a key is looked at before it is written: always where publishing does not depend on its being free. */
    private boolean looksBefore(PublishCondition condition) {
        return condition instanceof PublishCondition.Absent absent
                && !(absent.foundFree() && capabilities.conditionalPublish());
    }

    @Override
    public Traffic list(String prefix, String after, Predicate<ObjectFacts> next) {
        RequestCounter counter = new RequestCounter();
        listings.objects(prefix, after, counter, next);
        return counter.traffic();
    }

    @Override
    public Traffic delete(String key) {
        RequestCounter counter = new RequestCounter();
        writes.delete(key, counter);
        return counter.traffic();
    }

    @Override
    public Traffic delete(String key, long size, String version) {
        Seen seen = see(key);
        ObjectFacts now = seen.facts();
        if (now == null) {
            return seen.traffic();
        }
        if (now.size() != size || !now.version().equals(version)) {
            throw new SourceChanged(
                    bucket.place(key), "the object is not the version that was to be deleted", "it stays");
        }
        return seen.traffic().plus(delete(key));
    }

    @Override
    public Seen see(String key) {
        RequestCounter counter = new RequestCounter();
        ObjectFacts facts = head(key, counter).orElse(null);
        return new Seen(facts, counter.traffic());
    }

    /** Returns the facts of an object, by a request for metadata only; empty if there is none. */
    public Optional<ObjectFacts> head(String key) {
        return head(key, new RequestCounter());
    }

    private Optional<ObjectFacts> head(String key, RequestCounter counter) {
        return Optional.ofNullable(reads.head(key, counter))
                .map(head -> new ObjectFacts(
                        key,
                        head.size(),
                        head.etag(),
                        head.modified(),
                        head.attributes().metadata().get(NewAttributes.PLAN)));
    }

    Bucket bucket() {
        return bucket;
    }

    UploadWatcher watcher() {
        return watcher;
    }

    int tailBytes() {
        return tailBytes;
    }

    ObjectReads reads() {
        return reads;
    }

    ObjectWrites writes() {
        return writes;
    }

    ObjectListings listings() {
        return listings;
    }

    /** Returns the object under a key, or a failure that says that there is none. */
    ObjectHead requireHead(String key, RequestCounter counter) {
        ObjectHead head = reads.head(key, counter);
        if (head == null) {
            throw new StorageFailed(StorageFailed.Kind.MISSING, bucket.place(key), "no such object", null);
        }
        return head;
    }
}

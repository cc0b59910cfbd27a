package io.glulam.s3;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.s3.client.ObjectHead;
import io.glulam.s3.client.ObjectWrites.Condition;
import io.glulam.s3.client.ObjectWrites.Published;
import io.glulam.s3.client.RequestCounter;
import io.glulam.storage.ObjectAttributes;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;
import io.glulam.storage.WriteRequest;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A new object being put together: literals lie in a spool until it is published, copied ranges stay in the store. Parts
 * go up as soon as their bytes are known; what makes them an object waits for {@link #publish}.
 */
public final class S3Writer implements ObjectWriter {
    /** Retries after a concurrent write. */
    private static final int MAX_CONFLICTS = 3;

    private final S3Store store;
    private final String key;
    private final WriteRequest object;
    private final ObjectAttributes attributes;
    private final boolean backupTaken;
    private final String run = UUID.randomUUID().toString();
    private final RequestCounter counter;
    private final WrittenSegments segments;
    private final MultipartUpload upload;
    private @Nullable String publishedVersion;

    /** @param backupTaken whether something is under the backup's key already */
    S3Writer(
            S3Store store,
            String key,
            WriteRequest object,
            ObjectAttributes kept,
            boolean backupTaken,
            RequestCounter counter) {
        this.store = store;
        this.backupTaken = backupTaken;
        this.key = key;
        this.object = object;
        this.counter = counter;
        ObjectAttributes marked = kept.withMetadata(NewAttributes.RUN, run);
        this.attributes = object.mark() == null ? marked : marked.withMetadata(NewAttributes.PLAN, object.mark());
        this.segments = new WrittenSegments(store, object.spools());
        this.upload = new MultipartUpload(store, key, attributes, segments, object.expectedSize(), counter);
    }

    @Override
    public long position() {
        return segments.size();
    }

    @Override
    public void append(ByteBuffer literal) {
        segments.append(literal);
        upload.advance();
    }

    @Override
    public void copy(RangeReader source, long offset, long length) {
        if (length > 0) {
            segments.copy(source, offset, length);
            upload.advance();
        }
    }

    @Override
    public void read(long position, ByteBuffer target) {
        segments.read(position, target);
    }

    /** The last parts go up while what was written is read back. */
    @Override
    public void seal() {
        upload.sendRest();
    }

    @Override
    public boolean copiesInStore() {
        return true;
    }

    @Override
    public void publish() {
        if (publishedVersion != null) {
            throw new IllegalStateException("published already");
        }
        boolean parts = upload.finishParts();
        checkSources();
        Backup backup = Backup.keep(store, key, object, backupTaken, counter);
        try {
            publishedVersion = parts ? completeUpload() : put();
        } catch (SourceChanged | StorageFailed failure) {
            backup.takeBack(failure);
            throw failure;
        }
    }

    /** Checks the source once more where the store could not make its copies depend on the version. */
    private void checkSources() {
        Set<RangeReader> unsure = new LinkedHashSet<>();
        if (object.condition() instanceof PublishCondition.Unchanged unchanged) {
            unsure.add(unchanged.source());
        }
        if (!store.capabilities().conditionalSource()) {
            unsure.addAll(segments.copiedSources());
        }
        unsure.forEach(RangeReader::checkUnchanged);
    }

    private Condition condition() {
        if (!store.capabilities().conditionalPublish()) {
            return new Condition.None();
        }
        if (object.condition() instanceof PublishCondition.Absent) {
            return new Condition.Absent();
        }
        return object.condition() instanceof PublishCondition.Unchanged unchanged
                ? new Condition.Version(unchanged.source().version())
                : new Condition.None();
    }

    private String put() {
        return settled(
                () -> store.writes().put(key, segments.body(0, segments.size()), attributes, condition(), counter),
                () -> {});
    }

    private String completeUpload() {
        return settled(() -> upload.complete(condition()), this::repeatUpload);
    }

    private void repeatUpload() {
        upload.repeat();
        checkSources();
    }

    private interface Publishing {
        Published run();
    }

    /**
     * Publishes. If the answer was lost, the object's metadata shows whether this upload won. 409 means a concurrent write that
     * has ended: the upload is tried again as long as the condition holds.
     *
     * @param renewal runs before a retry
     */
    private String settled(Publishing publishing, Runnable renewal) {
        for (int conflicts = 1; ; conflicts++) {
            Published outcome;
            try {
                outcome = publishing.run();
            } catch (StorageFailed failure) {
                ObjectHead now = failure.retryable() ? store.reads().head(key, counter) : null;
                if (now != null && isOurs(now)) {
                    return now.etag();
                }
                throw failure;
            }
            if (outcome.isDone()) {
                return outcome.etag();
            }
            ObjectHead now = store.reads().head(key, counter);
            if (now != null && isOurs(now)) {
                return now.etag();
            }
            if (outcome.status() != 409 || conflicts > MAX_CONFLICTS || !conditionHolds(now)) {
                throw refused(outcome, now);
            }
            renewal.run();
        }
    }

    private boolean conditionHolds(@Nullable ObjectHead now) {
        if (object.condition() instanceof PublishCondition.Absent) {
            return now == null;
        }
        return !(object.condition() instanceof PublishCondition.Unchanged unchanged)
                || now != null && now.etag().equals(unchanged.source().version());
    }

    private boolean isOurs(ObjectHead now) {
        return now.size() == segments.size()
                && run.equals(now.attributes().metadata().get(NewAttributes.RUN));
    }

    private RuntimeException refused(Published outcome, @Nullable ObjectHead now) {
        Place place = store.bucket().place(key);
        if (!conditionHolds(now)) {
            return object.condition() instanceof PublishCondition.Absent
                    ? new StorageFailed(StorageFailed.Kind.EXISTS, place, "the object exists", Remedy.OVERWRITE.text())
                    : new SourceChanged(
                            place, "the object changed while it was compacted", "it was left as it is; run again");
        }
        String problem = outcome.status() == 404
                ? "the upload is gone: another process removed it"
                : "another process was writing the object at the same time";
        return new StorageFailed(place, problem, "run again", true, null);
    }

    @Override
    public String publishedVersion() {
        return publishedVersion == null ? "" : publishedVersion;
    }

    @Override
    public Traffic traffic() {
        return counter.traffic();
    }

    @Override
    public void close() {
        try (segments) {
            upload.close(publishedVersion != null);
        }
    }
}

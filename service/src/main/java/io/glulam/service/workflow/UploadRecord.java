package io.glulam.service.workflow;

import io.glulam.PublishListener.Publication;
import io.glulam.error.GlulamException;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.bucket.PublishHook;
import io.glulam.service.ledger.Run;
import io.glulam.service.ledger.Uploads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the record of the uploads that runs begin, and removes those whose run has died. Thread-safe. */
final class UploadRecord {
    private static final Logger LOG = LoggerFactory.getLogger(UploadRecord.class);

    private final Bucket bucket;
    private final Uploads uploads;

    UploadRecord(Bucket bucket, Uploads uploads) {
        this.bucket = bucket;
        this.uploads = uploads;
    }

    /**
     * Removes the uploads that earlier runs of an instance have left. Steps call it first, so that no upload of a dead run can
     * become an object later.
     */
    void removeThoseOf(Run run) {
        uploads.of(run.instanceId()).forEach(this::remove);
    }

    /** Removes at most {@code limit} uploads of runs whose instances no server carries on. */
    void removeAbandoned(int limit) {
        for (Uploads.Upload upload : uploads.abandoned(limit)) {
            try {
                remove(upload);
            } catch (GlulamException | InvalidKey e) {
                LOG.warn("an unfinished upload of {} cannot be removed: {}", upload.key(), e.getMessage());
            }
        }
    }

    private void remove(Uploads.Upload upload) {
        bucket.removeUpload(new Bucket.Upload(upload.key(), upload.uploadId(), upload.begunAt()));
        uploads.remove(upload.id());
    }

    /** Returns the uploads of one run, of which there are none yet. */
    Current of(Run run) {
        return new Current(run);
    }

    /** The uploads that one run has begun. */
    final class Current {
        private final Run run;
        private final Set<String> all = ConcurrentHashMap.newKeySet();
        private final Map<String, String> newest = new ConcurrentHashMap<>();

        private Current(Run run) {
            this.run = run;
        }

        /** Returns a hook that records the uploads of this run, and calls {@code publishing} before an object appears. */
        PublishHook recording(PublishHook publishing) {
            return new PublishHook() {
                @Override
                public void beforePublish(Publication publication, @Nullable String backupKey) {
                    publishing.beforePublish(publication, backupKey);
                }

                @Override
                public void beforeUpload(String key, Instant since) {
                    Current.this.beforeUpload(key, since);
                }

                @Override
                public void uploadBegun(String key, String uploadId) {
                    begun(key, uploadId);
                }
            };
        }

        private void beforeUpload(String key, Instant since) {
            String id = uploads.add(run, key, since);
            all.add(id);
            newest.put(key, id);
        }

        private void begun(String key, String uploadId) {
            String id = newest.get(key);
            if (id == null) {
                throw new IllegalStateException("an upload that was not asked for");
            }
            uploads.name(id, uploadId);
        }

        /** Deletes the records: the run has completed or removed all of its uploads. */
        void settled() {
            List.copyOf(all).forEach(uploads::remove);
        }
    }
}

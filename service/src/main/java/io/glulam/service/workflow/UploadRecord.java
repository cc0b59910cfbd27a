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
     * Removes what earlier runs of an instance have left. Done first of all, so that nothing that a dead run still had
     * under way can appear later.
     */
    void removeThoseOf(Run run) {
        uploads.of(run.instanceId()).forEach(this::remove);
    }

    /** Removes what runs have left whose instances no server carries on, at most {@code limit}. */
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

    /** The uploads of one run. */
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

        /** All of them were completed, or removed by the run itself. */
        void settled() {
            List.copyOf(all).forEach(uploads::remove);
        }
    }
}

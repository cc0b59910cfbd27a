package io.glulam.s3;

import java.time.Instant;

/**
 * Hears of the uploads that a store begins, so that a watcher that writes them down can remove what a killed run leaves
 * ({@link UnfinishedUploads}). Called from any thread; whatever a method throws ends the run.
 */
public interface UploadWatcher {
    /** Ignores them. */
    UploadWatcher NONE = new UploadWatcher() {
        @Override
        public void beginning(String key, Instant since) {}

        @Override
        public void begun(String key, String uploadId) {}
    };

    /** The store is about to be asked for an upload: from now on there may be one, whose id is not known. */
    void beginning(String key, Instant since);

    /** The upload is known by this id. Until this returns, it has no part. */
    void begun(String key, String uploadId);
}

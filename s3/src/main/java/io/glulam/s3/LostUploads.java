package io.glulam.s3;

import io.glulam.error.StorageFailed;
import io.glulam.s3.client.ObjectWrites.Upload;
import io.glulam.s3.client.RequestCounter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Uploads that were begun by a request whose answer was lost: their names are not known. What was begun under the same key
 * while we asked, and has no part, is taken for one of them.
 */
final class LostUploads {
    /** Clocks of a store and of this machine are taken to differ by no more. */
    private static final Duration CLOCKS = Duration.ofSeconds(30);

    private LostUploads() {}

    /**
     * Removes them, as far as the store tells of them.
     *
     * @param since when we began to ask
     * @param until when they were begun at the latest
     * @param known the upload that we go on with; null for none
     */
    static void remove(
            S3Store store, String key, Instant since, Instant until, @Nullable Upload known, RequestCounter counter) {
        try {
            Instant from = since.minus(CLOCKS);
            Instant to = until.plus(CLOCKS);
            for (Upload upload : store.listings().uploads(key, counter)) {
                boolean ours = known != null && upload.id().equals(known.id());
                if (!ours
                        && upload.key().equals(key)
                        && upload.begun().isAfter(from)
                        && upload.begun().isBefore(to)
                        && store.listings().isEmpty(upload, counter)) {
                    store.writes().abort(upload, counter);
                }
            }
        } catch (StorageFailed cannotTell) {
            // A store that cannot list them removes them itself after a while.
            return;
        }
    }
}

package io.glulam.s3;

import io.glulam.s3.client.ObjectWrites.Upload;
import io.glulam.s3.client.RequestCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Uploads that were not completed: what a killed run leaves. A store does not tell who began one. */
public final class UnfinishedUploads {
    /** Asking for an upload takes no longer, repetitions included. */
    private static final Duration ASKING = Duration.ofMinutes(5);

    private final S3Store store;

    /** Those of one bucket. */
    public UnfinishedUploads(S3Store store) {
        this.store = store;
    }

    /**
     * One of them.
     *
     * @param name the object that it would have become
     * @param begun when
     */
    public record Unfinished(String name, Instant begun, Upload upload) {}

    /** Those under a prefix that were begun before a time. */
    public List<Unfinished> before(String prefix, Instant time) {
        return store.listings().uploads(prefix, new RequestCounter()).stream()
                .filter(upload -> upload.begun().isBefore(time))
                .map(upload -> new Unfinished(store.nameOf(upload.key()), upload.begun(), upload))
                .toList();
    }

    /** Removes one and its parts. */
    public void remove(Unfinished unfinished) {
        store.writes().abort(unfinished.upload(), new RequestCounter());
    }

    /** Removes the one of that id; one that is gone, or was completed, counts as removed. */
    public void remove(String key, String uploadId) {
        store.writes().abort(new Upload(key, uploadId, Instant.EPOCH), new RequestCounter());
    }

    /**
     * Removes what {@link UploadWatcher#beginning} spoke of, if it is not known by which id: of the uploads of that key
     * that were begun about then, those that have no part. Where a store cannot list them, it removes them itself after
     * a while.
     */
    public void removeLost(String key, Instant since) {
        LostUploads.remove(store, key, since, since.plus(ASKING), null, new RequestCounter());
    }
}

package io.glulam.s3;

import io.glulam.s3.client.ObjectWrites.Upload;
import io.glulam.s3.client.RequestCounter;
import java.time.Instant;
import java.util.List;

/** Uploads that nobody has completed: what a killed run leaves. A store does not tell who began one. */
public final class UnfinishedUploads {
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
}

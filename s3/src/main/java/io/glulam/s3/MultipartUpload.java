package io.glulam.s3;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.s3.client.ObjectWrites.Begun;
import io.glulam.s3.client.ObjectWrites.Condition;
import io.glulam.s3.client.ObjectWrites.Published;
import io.glulam.s3.client.ObjectWrites.Upload;
import io.glulam.s3.client.RequestCounter;
import io.glulam.storage.ObjectAttributes;
import io.glulam.storage.Part;
import io.glulam.storage.PartPacker;
import io.glulam.storage.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a new object: sent or copied beside each other while it is still being written. Their bytes come from the
 * spool as they are sent, so that parts under way take no memory. One thread writes; parts run on threads of their own.
 */
final class MultipartUpload {
    private static final int CONNECTIONS = 4;
    private static final long PATIENCE_SECONDS = 10;

    private final S3Store store;
    private final String key;
    private final ObjectAttributes attributes;
    private final WrittenSegments segments;
    private final PartPacker packer;
    private final RequestCounter counter;
    private final List<Part> parts = new ArrayList<>();
    private final List<Future<String>> sent = new ArrayList<>();
    private @Nullable ExecutorService workers;
    private @Nullable Future<Upload> begun;
    private final Instant asked = Instant.now();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private long packed;

    MultipartUpload(
            S3Store store,
            String key,
            ObjectAttributes attributes,
            WrittenSegments segments,
            long expectedSize,
            RequestCounter counter) {
        this.store = store;
        this.key = key;
        this.attributes = attributes;
        this.segments = segments;
        this.packer = PartPacker.of(store.capabilities().parts(), expectedSize);
        this.counter = counter;
    }

    /**
     * Sends what is settled by now. As soon as the object is too large to be put whole, its upload begins, while the rest of the
     * first part is made.
     */
    void advance() {
        if (segments.size() > packer.smallestPart()) {
            beginUpload();
        }
        if (segments.size() - packed >= 2 * packer.smallestPart()) {
            List<Segment> rest = segments.from(packed);
            // The last segment may grow; where it is copied, that decides how.
            if (rest.get(rest.size() - 1).copied()) {
                rest = rest.subList(0, rest.size() - 1);
            }
            submit(packer.pack(packed, rest, false));
            RuntimeException early = failure.get();
            if (early != null) {
                // A part that failed ends the run now, not after everything else was done.
                throw early;
            }
        }
    }

    /** Sends what is left, once nothing is added any more. Does not wait. */
    void sendRest() {
        boolean small = parts.isEmpty() && segments.size() <= packer.smallestPart();
        if (!small && packed < segments.size()) {
            submit(packer.pack(packed, segments.from(packed), true));
        }
    }

    /**
     * Sends what is left and waits until the store has every part.
     *
     * @return whether there are any; a small object is put whole
     */
    boolean finishParts() {
        sendRest();
        etags();
        return !parts.isEmpty();
    }

    Published complete(Condition condition) {
        return store.writes().complete(result(upload()), etags(), condition, counter);
    }

    /** Sends and copies every part once more, under another upload: what a store asks for that refused this one. */
    void repeat() {
        if (begun != null) {
            abort(result(begun));
        }
        begun = null;
        List<Part> again = List.copyOf(parts);
        parts.clear();
        sent.clear();
        submit(again);
        etags();
    }

    private List<String> etags() {
        List<String> etags = new ArrayList<>(sent.size());
        for (Future<String> part : sent) {
            etags.add(result(part));
        }
        return etags;
    }

    private void submit(List<Part> more) {
        for (Part part : more) {
            parts.add(part);
            int number = parts.size();
            Future<Upload> upload = upload();
            sent.add(workers().submit(() -> {
                try {
                    return send(part, number, result(upload));
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                    throw e;
                }
            }));
            packed = part.end();
        }
    }

    private Future<Upload> upload() {
        beginUpload();
        return Objects.requireNonNull(begun);
    }

    private void beginUpload() {
        if (begun == null) {
            begun = workers().submit(this::begin);
        }
    }

    private Upload begin() {
        store.watcher().beginning(key, Instant.now());
        Begun upload = store.writes().createUpload(key, attributes, counter);
        if (upload.uncertain()) {
            LostUploads.remove(store, key, asked, Instant.now(), upload.upload(), counter);
        }
        store.watcher().begun(key, upload.upload().id());
        return upload.upload();
    }

    private ExecutorService workers() {
        if (workers == null) {
            workers = DaemonThreads.pool(CONNECTIONS, "glulam-upload");
        }
        return workers;
    }

    private String send(Part part, int number, Upload upload) {
        if (!part.copied()) {
            segments.fetch(part.start(), part.length());
            return store.writes().uploadPart(upload, number, segments.body(part.start(), part.length()), counter);
        }
        WrittenSegments.Origin from = segments.origin(part.start());
        String etag = store.capabilities().conditionalSource() ? from.object().version() : null;
        return store.writes()
                .copyPart(
                        upload,
                        number,
                        store.bucket().name(),
                        from.object().key(),
                        etag,
                        from.offset(),
                        part.length(),
                        counter);
    }

    private <T> T result(Future<T> work) {
        return DaemonThreads.result(work, Place.of(store.nameOf(key)));
    }

    /** Ends what is under way and, unless it was published, removes every part. */
    void close(boolean published) {
        // An interrupted run cleans up all the same.
        boolean interrupted = Thread.interrupted();
        try {
            if (workers != null) {
                workers.shutdownNow();
                workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            if (!published && begun != null) {
                remove(begun);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void remove(Future<Upload> upload) throws InterruptedException {
        Upload known = null;
        try {
            known = upload.isDone() ? upload.get() : null;
        } catch (ExecutionException | CancellationException e) {
            // The failure is known; whether the store began one nevertheless is not.
        }
        if (known == null) {
            LostUploads.remove(store, key, asked, Instant.now(), null, counter);
        } else {
            abort(known);
        }
    }

    private void abort(Upload upload) {
        try {
            store.writes().abort(upload, counter);
        } catch (StorageFailed first) {
            store.writes().abort(upload, counter);
        }
    }
}

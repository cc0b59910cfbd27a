package io.glulam.s3.client;

import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.storage.RequestKind;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads objects of one bucket. Thread-safe. */
public final class ObjectReads {
    private final Bucket bucket;

    public ObjectReads(Bucket bucket) {
        this.bucket = bucket;
    }

    /** Returns the object under a key; null if there is none. */
    public @Nullable ObjectHead head(String key, RequestCounter counter) {
        StoreResponse response =
                bucket.send(StoreRequest.of(RequestKind.HEAD, "HEAD", bucket.name(), key), counter, bucket.place(key));
        if (response.status() == 404) {
            return null;
        }
        bucket.requireSuccess(response, key, "look at");
        long size = length(response.headers(), 0);
        if (size < 0) {
            throw new StorageFailed(bucket.place(key), "the store's content-length is not a number", null);
        }
        return ObjectHead.of(response.headers(), size);
    }

    /** The content-length; -1 if it is no number, {@code absent} if there is none. */
    private static long length(HttpHeaders headers, long absent) {
        try {
            return headers.firstValueAsLong("content-length").orElse(absent);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The tags of an object. */
    public Map<String, String> tags(String key, RequestCounter counter) {
        StoreResponse response = bucket.send(
                StoreRequest.of(RequestKind.GET, "GET", bucket.name(), key).withQuery("tagging", ""),
                counter,
                bucket.place(key));
        bucket.requireSuccess(response, key, "read the tags of");
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : XmlText.all(response.body(), "Tag")) {
            String name = XmlText.first(tag, "Key");
            String value = XmlText.first(tag, "Value");
            if (name != null) {
                tags.put(name, value == null ? "" : value);
            }
        }
        return tags;
    }

    /** An object's end and its head; bytes only as far as they lie at the end. */
    public record Tail(ObjectHead head, byte[] bytes) {}

    /**
     * Reads the last bytes of the present version.
     *
     * @param length bytes; fewer come if the object is shorter
     * @return null if the store did not understand the range
     * @throws StorageFailed if there is no such object, or it must not be read
     */
    public @Nullable Tail tail(String key, int length, RequestCounter counter) {
        ByteCollector bytes = new ByteCollector(length);
        StoreRequest request =
                StoreRequest.of(RequestKind.GET, "GET", bucket.name(), key).withHeader("range", "bytes=-" + length);
        StoreResponse response;
        try {
            response = bucket.send(() -> request, counter, bucket.place(key), head -> {
                bytes.clear();
                boolean whole = head.statusCode() == 200 && length(head.headers(), Long.MAX_VALUE) <= length;
                return head.statusCode() == 206 || whole
                        ? bytes
                        : head.statusCode() == 200 ? refusal(new RangeIgnored()) : null;
            });
        } catch (RangeIgnored e) {
            return null;
        }
        counter.downloaded(bytes.size());
        if (response.status() == 416) {
            // An object without bytes has no last ones.
            ObjectHead head = head(key, counter);
            return head == null ? null : new Tail(head, new byte[0]);
        }
        bucket.requireSuccess(response, key, "read");
        long size = response.status() == 200 ? bytes.size() : ContentRange.total(response.header("content-range"));
        if (size < 0 || bytes.size() != Math.min(size, length)) {
            return null;
        }
        return new Tail(ObjectHead.of(response.headers(), size), bytes.toByteArray());
    }

    /** Takes bytes of an object as they come. */
    @FunctionalInterface
    public interface RangeSink {
        void accept(long position, ByteBuffer bytes);
    }

    /**
     * Reads a range of a version, going on where it broke off if it does.
     *
     * @throws SourceChanged if the object is no longer that version
     * @throws StorageFailed if it cannot be read
     */
    public void range(String key, String etag, long start, long length, RequestCounter counter, RangeSink sink) {
        long[] at = {start};
        long end = start + length;
        for (int failures = 0; at[0] < end; ) {
            long before = at[0];
            try {
                once(key, etag, at, end, counter, sink);
            } catch (StorageFailed failure) {
                if (!failure.retryable() || at[0] == before) {
                    throw failure;
                }
            }
            failures = at[0] == before ? failures + 1 : 0;
            if (at[0] < end && failures >= bucket.retries().attempts()) {
                throw new StorageFailed(
                        bucket.place(key), "the store sends fewer bytes than it says", null, true, null);
            }
        }
    }

    private void once(String key, String etag, long[] at, long end, RequestCounter counter, RangeSink sink) {
        StoreRequest request =
                StoreRequest.of(RequestKind.GET, "GET", bucket.name(), key).withHeader("if-match", etag);
        StoreResponse response = bucket.send(
                () -> request.withHeader("range", "bytes=" + at[0] + "-" + (end - 1)),
                counter,
                bucket.place(key),
                head -> {
                    if (head.statusCode() != 206 && head.statusCode() != 200) {
                        return null;
                    }
                    if (!head.headers().firstValue("etag").orElse(etag).equals(etag)) {
                        return refusal(bucket.changed(key));
                    }
                    if (begin(head) != at[0]) {
                        return refusal(new StorageFailed(
                                bucket.place(key), "the store sent other bytes than were asked for", null));
                    }
                    return bytes -> {
                        bytes.limit(bytes.position() + (int) Math.min(bytes.remaining(), end - at[0]));
                        int count = bytes.remaining();
                        counter.downloaded(count);
                        sink.accept(at[0], bytes);
                        at[0] += count;
                    };
                });
        if (response.status() == 412 || response.status() == 404) {
            throw bucket.changed(key);
        }
        bucket.requireSuccess(response, key, "read");
    }

    /** Where an answer's bytes begin in the object; -1 where it does not say. */
    private static long begin(HttpResponse.ResponseInfo head) {
        return head.statusCode() == 200
                ? 0
                : ContentRange.start(head.headers().firstValue("content-range").orElse(null));
    }

    private static BodySink refusal(RuntimeException reason) {
        return bytes -> {
            throw reason;
        };
    }

    /** The store sends the whole object where its end was asked for. */
    private static final class RangeIgnored extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}

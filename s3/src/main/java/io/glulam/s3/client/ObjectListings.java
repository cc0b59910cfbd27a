package io.glulam.s3.client;

import io.glulam.error.StorageFailed;
import io.glulam.s3.client.ObjectWrites.Upload;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.RequestKind;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists what is in one bucket. Thread-safe. */
public final class ObjectListings {
    private final Bucket bucket;

    public ObjectListings(Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * Hands over the objects under a prefix, in the order of their keys, until {@code next} says false.
     *
     * @param after only keys after this one; empty for all
     */
    public void objects(String prefix, String after, RequestCounter counter, Predicate<ObjectFacts> next) {
        String token = null;
        do {
            StoreRequest request = StoreRequest.of(RequestKind.LIST, "GET", bucket.name(), "")
                    .withQuery("list-type", "2")
                    .withQuery("encoding-type", "url")
                    .withQuery("prefix", prefix);
            if (token != null) {
                request = request.withQuery("continuation-token", token);
            } else if (!after.isEmpty()) {
                request = request.withQuery("start-after", after);
            }
            StoreResponse response = bucket.send(request, counter, bucket.place(prefix));
            bucket.requireSuccess(response, prefix, "list");
            boolean encoded = "url".equals(XmlText.first(response.body(), "EncodingType"));
            for (String object : XmlText.all(response.body(), "Contents")) {
                if (!next.test(facts(prefix, object, encoded))) {
                    return;
                }
            }
            token = "true".equals(XmlText.first(response.body(), "IsTruncated"))
                    ? XmlText.first(response.body(), "NextContinuationToken")
                    : null;
        } while (token != null);
    }

    private ObjectFacts facts(String prefix, String xml, boolean encoded) {
        return new ObjectFacts(
                key(prefix, xml, encoded),
                size(prefix, text(xml, "Size")),
                text(xml, "ETag"),
                time(XmlText.first(xml, "LastModified")),
                null);
    }

    private long size(String prefix, String text) {
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw misunderstood(prefix, "a size that is not a number: " + text);
        }
    }

    private String key(String prefix, String xml, boolean encoded) {
        String key = text(xml, "Key");
        return encoded ? decoded(prefix, key) : key;
    }

    private String decoded(String prefix, String text) {
        try {
            return UriText.decoded(text);
        } catch (IllegalArgumentException e) {
            throw misunderstood(prefix, "a key that is not percent-encoded as it says: " + text);
        }
    }

    private StorageFailed misunderstood(String prefix, String what) {
        return new StorageFailed(bucket.place(prefix), "the store lists " + what, null);
    }

    private static String text(String xml, String name) {
        String text = XmlText.first(xml, name);
        return text == null ? "" : text;
    }

    /**
     * The uploads under a prefix that were not completed.
     *
     * @throws io.glulam.error.StorageFailed also if the store cannot list them
     */
    public List<Upload> uploads(String prefix, RequestCounter counter) {
        List<Upload> uploads = new ArrayList<>();
        String keyMarker = null;
        String idMarker = "";
        do {
            StoreRequest request = StoreRequest.of(RequestKind.LIST, "GET", bucket.name(), "")
                    .withQuery("uploads", "")
                    .withQuery("encoding-type", "url")
                    .withQuery("prefix", prefix);
            if (keyMarker != null) {
                request = request.withQuery("key-marker", keyMarker).withQuery("upload-id-marker", idMarker);
            }
            StoreResponse response = bucket.send(request, counter, bucket.place(prefix));
            bucket.requireSuccess(response, prefix, "list the unfinished uploads of");
            boolean encoded = "url".equals(XmlText.first(response.body(), "EncodingType"));
            for (String upload : XmlText.all(response.body(), "Upload")) {
                uploads.add(new Upload(
                        key(prefix, upload, encoded),
                        text(upload, "UploadId"),
                        time(XmlText.first(upload, "Initiated"))));
            }
            boolean more = "true".equals(XmlText.first(response.body(), "IsTruncated"));
            keyMarker = more ? XmlText.first(response.body(), "NextKeyMarker") : null;
            keyMarker = keyMarker != null && encoded ? decoded(prefix, keyMarker) : keyMarker;
            idMarker = text(response.body(), "NextUploadIdMarker");
        } while (keyMarker != null);
        return uploads;
    }

    /** Whether an upload has no part yet. */
    public boolean isEmpty(Upload upload, RequestCounter counter) {
        StoreResponse response = bucket.send(
                StoreRequest.of(RequestKind.LIST, "GET", bucket.name(), upload.key())
                        .withQuery("uploadId", upload.id())
                        .withQuery("max-parts", "1"),
                counter,
                bucket.place(upload.key()));
        bucket.requireSuccess(response, upload.key(), "list the parts of");
        return XmlText.first(response.body(), "PartNumber") == null;
    }

    private static Instant time(@Nullable String text) {
        try {
            return text == null ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}

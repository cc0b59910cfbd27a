package io.glulam.s3.client;

import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.storage.ObjectAttributes;
import io.glulam.storage.RequestKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and removes objects of one bucket. Thread-safe. */
public final class ObjectWrites {
    private final Bucket bucket;

    public ObjectWrites(Bucket bucket) {
        this.bucket = bucket;
    }

    /** The condition of a publishing. */
    public sealed interface Condition {
        /** Nothing may be there. */
        record Absent() implements Condition {}

        /** That version must be there. */
        record Version(String etag) implements Condition {}

        /** Nothing is required. */
        record None() implements Condition {}

        /** The same, as a header of a request. */
        default Map<String, String> headers() {
            if (this instanceof Absent) {
                return Map.of("if-none-match", "*");
            }
            return this instanceof Version version ? Map.of("if-match", version.etag()) : Map.of();
        }
    }

    /**
     * The outcome of a publishing.
     *
     * @param status of HTTP: 200 done, 412 the condition does not hold, 409 a concurrent write
     * @param etag of what is there now; empty unless done
     * @param uncertain whether an attempt before may have had its effect
     */
    public record Published(int status, String etag, boolean uncertain) {
        /** Whether it is done. */
        public boolean isDone() {
            return status / 100 == 2;
        }
    }

    /** Puts a whole object. */
    public Published put(
            String key, RequestBody body, ObjectAttributes attributes, Condition condition, RequestCounter counter) {
        StoreResponse response = bucket.send(
                StoreRequest.of(RequestKind.PUT, "PUT", bucket.name(), key)
                        .withHeaders(ObjectHead.headersFor(attributes))
                        .withHeaders(condition.headers())
                        .withBody(body),
                counter,
                bucket.place(key));
        return published(response, response.header("etag"), key);
    }

    private Published published(StoreResponse response, @Nullable String etag, String key) {
        int status = response.status();
        if (status == 404 && ResponseFailures.isWithoutBucket(response)) {
            throw bucket.failed(response, key, "publish");
        }
        if (!response.isSuccess() && status != 412 && status != 409 && status != 404) {
            throw bucket.failed(response, key, "publish");
        }
        return new Published(status, etag == null ? "" : quoted(etag), response.repeated());
    }

    /** As headers have it; some stores leave the quotes out in the answers' bodies. */
    private static String quoted(String etag) {
        return etag.startsWith("\"") ? etag : "\"" + etag + "\"";
    }

    /**
     * Parts that are not an object yet.
     *
     * @param begun when, by the store's clock where the store has told it
     */
    public record Upload(String key, String id, Instant begun) {}

    /**
     * An upload that was begun.
     *
     * @param uncertain whether an attempt before may have begun another one
     */
    public record Begun(Upload upload, boolean uncertain) {}

    /** Begins an object of parts. */
    public Begun createUpload(String key, ObjectAttributes attributes, RequestCounter counter) {
        StoreResponse response = bucket.send(
                StoreRequest.of(RequestKind.CREATE_UPLOAD, "POST", bucket.name(), key)
                        .withQuery("uploads", "")
                        .withHeaders(ObjectHead.headersFor(attributes)),
                counter,
                bucket.place(key));
        bucket.requireSuccess(response, key, "begin an upload of");
        String id = XmlText.first(response.body(), "UploadId");
        if (id == null) {
            throw new StorageFailed(bucket.place(key), "the store began an upload without naming it", null);
        }
        return new Begun(new Upload(key, id, Instant.now()), response.repeated());
    }

    /** Sends a part; gives its ETag. */
    public String uploadPart(Upload upload, int number, RequestBody body, RequestCounter counter) {
        StoreResponse response = bucket.send(
                part(RequestKind.UPLOAD_PART, upload, number).withBody(body), counter, bucket.place(upload.key()));
        bucket.requireSuccess(response, upload.key(), "upload a part of");
        String etag = response.header("etag");
        if (etag == null) {
            throw new StorageFailed(bucket.place(upload.key()), "the store took a part without telling its ETag", null);
        }
        return etag;
    }

    /**
     * Lets the store copy a range into a part; gives the part's ETag.
     *
     * @param etag of the source, which must still be that; null where the store cannot tell
     * @throws SourceChanged if it is not
     */
    public String copyPart(
            Upload upload,
            int number,
            String sourceBucket,
            String sourceKey,
            @Nullable String etag,
            long start,
            long length,
            RequestCounter counter) {
        StoreRequest request = part(RequestKind.COPY_PART, upload, number)
                .withHeader("x-amz-copy-source", UriText.path(sourceBucket + "/" + sourceKey))
                .withHeader("x-amz-copy-source-range", "bytes=" + start + "-" + (start + length - 1));
        if (etag != null) {
            request = request.withHeader("x-amz-copy-source-if-match", etag);
        }
        StoreResponse response = bucket.send(request, counter, bucket.place(upload.key()));
        if (response.status() == 412
                || response.status() == 404 && !response.errorCode().equals("NoSuchUpload")) {
            throw bucket.changed(sourceKey);
        }
        bucket.requireSuccess(response, upload.key(), "copy a part of");
        String found = XmlText.first(response.body(), "ETag");
        if (found == null) {
            throw new StorageFailed(
                    bucket.place(upload.key()), "the store copied a part without telling its ETag", null);
        }
        counter.copied(length);
        return found;
    }

    private StoreRequest part(RequestKind kind, Upload upload, int number) {
        return StoreRequest.of(kind, "PUT", bucket.name(), upload.key())
                .withQuery("partNumber", Integer.toString(number))
                .withQuery("uploadId", upload.id());
    }

    /** Puts the parts together, if the condition holds. */
    public Published complete(Upload upload, List<String> etags, Condition condition, RequestCounter counter) {
        StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < etags.size(); i++) {
            xml.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>");
            xml.append(XmlText.escaped(etags.get(i))).append("</ETag></Part>");
        }
        xml.append("</CompleteMultipartUpload>");
        StoreResponse response = bucket.send(
                StoreRequest.of(RequestKind.COMPLETE_UPLOAD, "POST", bucket.name(), upload.key())
                        .withQuery("uploadId", upload.id())
                        .withHeaders(condition.headers())
                        .withHeader("content-type", "application/xml")
                        .withBody(RequestBody.of(xml.toString())),
                counter,
                bucket.place(upload.key()));
        return published(response, XmlText.first(response.body(), "ETag"), upload.key());
    }

    /** Removes an upload and its parts; one that is gone counts as removed. */
    public void abort(Upload upload, RequestCounter counter) {
        StoreResponse response = bucket.send(
                StoreRequest.of(RequestKind.ABORT_UPLOAD, "DELETE", bucket.name(), upload.key())
                        .withQuery("uploadId", upload.id()),
                counter,
                bucket.place(upload.key()));
        if (response.status() != 404) {
            bucket.requireSuccess(response, upload.key(), "remove an unfinished upload of");
        }
    }

    /** Removes an object; one that is gone counts as removed. */
    public void delete(String key, RequestCounter counter) {
        StoreResponse response = bucket.send(
                StoreRequest.of(RequestKind.DELETE, "DELETE", bucket.name(), key), counter, bucket.place(key));
        if (response.status() != 404) {
            bucket.requireSuccess(response, key, "delete");
        }
    }
}

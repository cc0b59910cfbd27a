package io.glulam.testkit.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The objects and uploads of a strict store, and what requests do to them. Thread-safe. */
final class StrictObjects {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");
    private static final Pattern PART = Pattern.compile("<PartNumber>(\\d+)</PartNumber>\\s*<ETag>([^<]*)</ETag>");
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    /** Headers of a PUT or CreateMultipartUpload that come back with the object. */
    private static final List<String> KEPT = List.of(
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-type",
            "expires",
            "x-amz-storage-class",
            "x-amz-server-side-encryption",
            "x-amz-object-lock-mode",
            "x-amz-tagging");

    /** An object. */
    record Stored(Extents bytes, String etag, Map<String, String> headers, Instant modified) {}

    private record UploadedPart(Extents bytes, String etag) {}

    private record Upload(
            String key, Map<String, String> headers, Instant begun, NavigableMap<Integer, UploadedPart> parts) {}

    private final StoreRules rules;
    private final Function<byte[], Extents> keeper;
    private final NavigableMap<String, Stored> objects =
            new TreeMap<>(Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
    private final NavigableMap<String, Upload> uploads = new TreeMap<>();
    private long counter;

    /** @param keeper where uploaded bytes go */
    StrictObjects(StoreRules rules, Function<byte[], Extents> keeper) {
        this.rules = rules;
        this.keeper = keeper;
    }

    synchronized void put(String key, Extents bytes, Map<String, String> headers) {
        objects.put(key, new Stored(bytes, newEtag(), kept(headers), Instant.now()));
    }

    synchronized Stored get(String key) {
        return objects.get(key);
    }

    synchronized void remove(String key) {
        objects.remove(key);
    }

    synchronized List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    synchronized List<String> uploads() {
        return List.copyOf(uploads.keySet());
    }

    private String newEtag() {
        return "\"" + String.format("%032x", ++counter) + "\"";
    }

    private static Map<String, String> kept(Map<String, String> headers) {
        Map<String, String> kept = new TreeMap<>();
        headers.forEach((name, value) -> {
            if (KEPT.contains(name) || name.startsWith("x-amz-meta-")) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    synchronized HttpReply handle(HttpMessage request) {
        HttpReply refused = refusal(request);
        if (refused != null) {
            return refused;
        }
        return switch (request.operation()) {
            case GET, HEAD -> read(request);
            case GET_TAGS -> tags(request);
            case LIST -> list(request);
            case LIST_UPLOADS -> listUploads(request);
            case LIST_PARTS -> listParts(request);
            case PUT -> putObject(request);
            case CREATE_UPLOAD -> create(request);
            case UPLOAD_PART -> uploadPart(request);
            case COPY_PART -> copyPart(request);
            case COMPLETE_UPLOAD -> complete(request);
            case ABORT_UPLOAD ->
                uploads.remove(request.parameter("uploadId")) == null
                        ? HttpReply.error(404, "NoSuchUpload")
                        : HttpReply.of(204);
            case DELETE -> {
                objects.remove(request.key());
                yield HttpReply.of(204);
            }
        };
    }

    private static HttpReply refusal(HttpMessage request) {
        if (request.header("authorization") == null) {
            return HttpReply.error(403, "AccessDenied");
        }
        if (!request.bucket().equals(StrictStore.BUCKET)) {
            return HttpReply.error(404, "NoSuchBucket");
        }
        String claimed = request.header("x-amz-content-sha256");
        return sha256(request.body()).equals(claimed) ? null : HttpReply.error(400, "XAmzContentSHA256Mismatch");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpReply read(HttpMessage request) {
        Stored stored = objects.get(request.key());
        if (stored == null) {
            return HttpReply.error(404, "NoSuchKey");
        }
        String match = request.header("if-match");
        if (match != null && !match.equals(stored.etag())) {
            return HttpReply.error(412, "PreconditionFailed");
        }
        HttpReply whole = described(stored);
        String range = request.header("range");
        if (range == null || request.operation() == Operation.HEAD || !rules.suffixRanges() && range.contains("=-")) {
            return whole.withBody(stored.bytes());
        }
        return ranged(whole, stored.bytes(), range);
    }

    private static HttpReply described(Stored stored) {
        HttpReply reply =
                HttpReply.of(200).with("ETag", stored.etag()).with("Last-Modified", DATE.format(stored.modified()));
        for (Map.Entry<String, String> header : stored.headers().entrySet()) {
            reply = header.getKey().equals("x-amz-tagging")
                    ? reply.with(
                            "x-amz-tagging-count",
                            Integer.toString(header.getValue().split("&", -1).length))
                    : reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    private static HttpReply ranged(HttpReply whole, Extents bytes, String range) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            return HttpReply.error(400, "InvalidArgument");
        }
        long size = bytes.length();
        long from = matcher.group(1).isEmpty()
                ? Math.max(0, size - Long.parseLong(matcher.group(2)))
                : Long.parseLong(matcher.group(1));
        long to = matcher.group(1).isEmpty() || matcher.group(2).isEmpty()
                ? size
                : Math.min(size, Long.parseLong(matcher.group(2)) + 1);
        if (from >= to) {
            return HttpReply.error(416, "InvalidRange");
        }
        return new HttpReply(206, whole.headers(), bytes.range(from, to), to - from)
                .with("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size);
    }

    private HttpReply tags(HttpMessage request) {
        Stored stored = objects.get(request.key());
        StringBuilder xml = new StringBuilder("<Tagging><TagSet>");
        String tags = stored == null ? null : stored.headers().get("x-amz-tagging");
        for (String tag : tags == null ? new String[0] : tags.split("&", -1)) {
            int equals = tag.indexOf('=');
            xml.append("<Tag><Key>").append(HttpMessage.decoded(tag.substring(0, equals)));
            xml.append("</Key><Value>").append(HttpMessage.decoded(tag.substring(equals + 1)));
            xml.append("</Value></Tag>");
        }
        return HttpReply.xml(200, xml.append("</TagSet></Tagging>").toString());
    }

    private HttpReply list(HttpMessage request) {
        StringBuilder xml = new StringBuilder("<ListBucketResult>");
        int count = 0;
        String last = null;
        String token = request.parameter("continuation-token");
        String from = token.isEmpty() ? request.parameter("start-after") : token;
        for (Map.Entry<String, Stored> entry : objects.tailMap(from, false).entrySet()) {
            if (entry.getKey().startsWith(request.parameter("prefix"))) {
                if (++count > 1000) {
                    break;
                }
                last = entry.getKey();
                xml.append("<Contents><Key>").append(escaped(last)).append("</Key><LastModified>");
                xml.append(entry.getValue().modified()).append("</LastModified><ETag>");
                xml.append(escaped(entry.getValue().etag())).append("</ETag><Size>");
                xml.append(entry.getValue().bytes().length()).append("</Size></Contents>");
            }
        }
        xml.append("<IsTruncated>").append(count > 1000).append("</IsTruncated>");
        if (count > 1000) {
            xml.append("<NextContinuationToken>")
                    .append(escaped(String.valueOf(last)))
                    .append("</NextContinuationToken>");
        }
        return HttpReply.xml(200, xml.append("</ListBucketResult>").toString());
    }

    private HttpReply listUploads(HttpMessage request) {
        if (!rules.listsUploads()) {
            return HttpReply.error(501, "NotImplemented");
        }
        StringBuilder xml = new StringBuilder("<ListMultipartUploadsResult>");
        uploads.forEach((id, upload) -> {
            if (upload.key().startsWith(request.parameter("prefix"))) {
                xml.append("<Upload><Key>")
                        .append(escaped(upload.key()))
                        .append("</Key><UploadId>")
                        .append(id);
                xml.append("</UploadId><Initiated>").append(upload.begun()).append("</Initiated></Upload>");
            }
        });
        return HttpReply.xml(
                200,
                xml.append("<IsTruncated>false</IsTruncated></ListMultipartUploadsResult>")
                        .toString());
    }

    private HttpReply listParts(HttpMessage request) {
        Upload upload = uploads.get(request.parameter("uploadId"));
        if (upload == null) {
            return HttpReply.error(404, "NoSuchUpload");
        }
        StringBuilder xml = new StringBuilder("<ListPartsResult>");
        upload.parts()
                .forEach((number, part) -> xml.append("<Part><PartNumber>")
                        .append(number)
                        .append("</PartNumber><Size>")
                        .append(part.bytes().length())
                        .append("</Size></Part>"));
        return HttpReply.xml(200, xml.append("</ListPartsResult>").toString());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** What keeps a key from being written now; null for nothing. */
    private HttpReply unwritable(HttpMessage request) {
        Stored present = objects.get(request.key());
        if (rules.conditionalPublish()) {
            String match = request.header("if-match");
            String noneMatch = request.header("if-none-match");
            if (match != null && present == null) {
                return HttpReply.error(404, "NoSuchKey");
            }
            if (match != null && !match.equals(present.etag()) || noneMatch != null && present != null) {
                return HttpReply.error(412, "PreconditionFailed");
            }
        }
        boolean quick =
                present != null && Instant.now().isBefore(present.modified().plusMillis(rules.millisBetweenWrites()));
        return quick ? HttpReply.error(429, "TooManyRequests") : null;
    }

    private HttpReply putObject(HttpMessage request) {
        HttpReply refused = unwritable(request);
        if (refused != null) {
            return refused;
        }
        put(request.key(), keeper.apply(request.body()), request.headers());
        return HttpReply.of(200).with("ETag", objects.get(request.key()).etag());
    }

    private HttpReply create(HttpMessage request) {
        String id = beginUpload(request.key(), request.headers());
        return HttpReply.xml(
                200, "<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>");
    }

    synchronized void beginUpload(String key) {
        beginUpload(key, Map.of());
    }

    /** After a conflict an upload cannot be completed any more: everything has to be sent again. */
    synchronized void endUpload(HttpMessage completion) {
        if (completion.operation() == Operation.COMPLETE_UPLOAD) {
            uploads.remove(completion.parameter("uploadId"));
        }
    }

    private String beginUpload(String key, Map<String, String> headers) {
        String id = "upload-" + ++counter;
        uploads.put(id, new Upload(key, kept(headers), Instant.now(), new TreeMap<>()));
        return id;
    }

    private HttpReply uploadPart(HttpMessage request) {
        Upload upload = uploads.get(request.parameter("uploadId"));
        if (upload == null) {
            return HttpReply.error(404, "NoSuchUpload");
        }
        UploadedPart part = new UploadedPart(keeper.apply(request.body()), newEtag());
        upload.parts().put(Integer.parseInt(request.parameter("partNumber")), part);
        return HttpReply.of(200).with("ETag", part.etag());
    }

    private HttpReply copyPart(HttpMessage request) {
        Upload upload = uploads.get(request.parameter("uploadId"));
        String match = request.header("x-amz-copy-source-if-match");
        if (!rules.partCopy() || match != null && !rules.conditionalSource()) {
            return HttpReply.error(501, "NotImplemented");
        }
        if (upload == null) {
            return HttpReply.error(404, "NoSuchUpload");
        }
        String source = HttpMessage.decoded(String.valueOf(request.header("x-amz-copy-source")));
        Stored from = objects.get(source.substring(source.indexOf('/', 1) + 1));
        if (from == null) {
            return HttpReply.error(404, "NoSuchKey");
        }
        if (match != null && !match.equals(from.etag())) {
            return HttpReply.error(412, "PreconditionFailed");
        }
        HttpReply ranged =
                ranged(HttpReply.of(200), from.bytes(), String.valueOf(request.header("x-amz-copy-source-range")));
        if (ranged.status() != 206 || from.bytes().length() < rules.smallestCopySource()) {
            return HttpReply.error(400, "InvalidRequest");
        }
        UploadedPart part = new UploadedPart(ranged.body(), newEtag());
        upload.parts().put(Integer.parseInt(request.parameter("partNumber")), part);
        return HttpReply.xml(200, "<CopyPartResult><ETag>" + escaped(part.etag()) + "</ETag></CopyPartResult>");
    }

    private HttpReply complete(HttpMessage request) {
        String id = request.parameter("uploadId");
        Upload upload = uploads.get(id);
        if (upload == null) {
            return HttpReply.error(404, "NoSuchUpload");
        }
        HttpReply refused = unwritable(request);
        if (refused != null) {
            if (refused.status() == 412) {
                uploads.remove(id);
            }
            return refused;
        }
        List<Extents> parts = new ArrayList<>();
        Matcher wanted = PART.matcher(new String(request.body(), java.nio.charset.StandardCharsets.UTF_8));
        while (wanted.find()) {
            UploadedPart part = upload.parts().get(Integer.parseInt(wanted.group(1)));
            if (part == null || !part.etag().equals(wanted.group(2).replace("&quot;", "\""))) {
                return HttpReply.error(400, "InvalidPart");
            }
            parts.add(part.bytes());
        }
        String wrong = wrongParts(parts);
        if (wrong != null) {
            return HttpReply.error(400, wrong);
        }
        uploads.remove(id);
        put(upload.key(), Extents.concatenated(parts), upload.headers());
        return HttpReply.xml(
                200,
                "<CompleteMultipartUploadResult><ETag>"
                        + escaped(objects.get(upload.key()).etag()) + "</ETag></CompleteMultipartUploadResult>");
    }

    private String wrongParts(List<Extents> parts) {
        if (parts.isEmpty() || parts.size() > rules.mostParts()) {
            return "InvalidArgument";
        }
        for (int i = 0; i < parts.size() - 1; i++) {
            if (parts.get(i).length() < rules.smallestPart()) {
                return "EntityTooSmall";
            }
            if (rules.uniformParts() && parts.get(i).length() != parts.get(0).length()) {
                return "InvalidPart";
            }
        }
        return rules.uniformParts()
                        && parts.get(parts.size() - 1).length() > parts.get(0).length()
                ? "InvalidPart"
                : null;
    }
}

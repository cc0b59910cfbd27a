package io.glulam.s3.client;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import org.jspecify.annotations.Nullable;

/** Explains refusing answers to people. Credentials never are a part of it. */
final class ResponseFailures {
    private ResponseFailures() {}

    /** @param action what was tried, as in {@code cannot read} */
    static GlulamException of(StoreResponse response, Place place, String action) {
        String code = response.errorCode();
        return new StorageFailed(
                kind(response, code),
                place,
                problem(response, code, action),
                remedy(response, code),
                isPassing(response),
                null);
    }

    private static StorageFailed.Kind kind(StoreResponse response, String code) {
        return switch (response.status()) {
            case 404 ->
                code.equals("NoSuchBucket") || code.equals("NoSuchUpload")
                        ? StorageFailed.Kind.OTHER
                        : StorageFailed.Kind.MISSING;
            case 401, 403 -> code.equals("InvalidObjectState") ? StorageFailed.Kind.OTHER : StorageFailed.Kind.DENIED;
            default -> StorageFailed.Kind.OTHER;
        };
    }

    /** Whether there is no such bucket. */
    static boolean isWithoutBucket(StoreResponse response) {
        return response.status() == 404 && response.errorCode().equals("NoSuchBucket");
    }

    private static boolean isPassing(StoreResponse response) {
        return response.status() == 429 || response.status() >= 500 && response.status() != 501;
    }

    private static String problem(StoreResponse response, String code, String action) {
        return switch (response.status()) {
            case 404 ->
                code.equals("NoSuchBucket")
                        ? "no such bucket"
                        : code.equals("NoSuchUpload")
                                ? "the upload is gone: another process removed it"
                                : "no such object";
            case 401, 403 ->
                code.equals("InvalidObjectState")
                        ? "it is archived and must be restored before it can be read"
                        : "the store refuses to " + action + " it (" + code + ")";
            default -> "cannot " + action + " it: " + code + message(response);
        };
    }

    private static String message(StoreResponse response) {
        String message = response.errorMessage();
        return message.isEmpty() ? "" : ", " + message;
    }

    private static @Nullable String remedy(StoreResponse response, String code) {
        String region = response.header("x-amz-bucket-region");
        if (region != null && (response.status() == 301 || response.status() == 400 || response.status() == 307)) {
            return Remedy.REGION.text(region);
        }
        return switch (code) {
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken" ->
                "check the credentials and the endpoint";
            case "ExpiredToken" -> "get new credentials";
            case "AccessDenied", "status 403", "status 401" -> "check what the credentials are allowed to do";
            case "NoSuchBucket" -> "check the bucket's name, the endpoint and the account";
            case "NotImplemented" -> Remedy.PROBE.text();
            default -> remedy(response);
        };
    }

    private static @Nullable String remedy(StoreResponse response) {
        return switch (response.status()) {
            case 401 -> "check the credentials and the endpoint";
            case 403 ->
                response.errorCode().equals("InvalidObjectState")
                        ? null
                        : "check what the credentials are allowed to do";
            default -> isPassing(response) ? "try again later" : null;
        };
    }
}

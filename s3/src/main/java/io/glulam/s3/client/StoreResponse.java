package io.glulam.s3.client;

import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param headers as they came
 * @param body as text, for answers that are not an object's bytes
 * @param repeated whether an earlier attempt may have had its effect, though no answer came
 */
record StoreResponse(int status, HttpHeaders headers, String body, boolean repeated) {
    boolean isSuccess() {
        return status / 100 == 2;
    }

    @Nullable
    String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /** The store's own name of the error, {@code NoSuchKey}; the status where it tells none. */
    String errorCode() {
        String code = XmlText.first(body, "Code");
        return code == null ? "status " + status : code;
    }

    String errorMessage() {
        String message = XmlText.first(body, "Message");
        return message == null ? "" : message;
    }
}

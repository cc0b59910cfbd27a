package io.glulam.s3.client;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.s3.client.HttpTransport.SinkChooser;
import io.glulam.storage.RequestKind;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.function.Supplier;

/** Sends requests, and again where that can help: 429, 5xx, resets, stalls. Thread-safe. */
final class StoreSession {
    private static final Set<String> PASSING_CODES = Set.of(
            "InternalError", "SlowDown", "ServiceUnavailable", "RequestTimeout", "OperationAborted", "TooManyRequests");
    private static final Set<RequestKind> ERRORS_IN_BODIES =
            Set.of(RequestKind.COPY, RequestKind.COPY_PART, RequestKind.COMPLETE_UPLOAD);
    private static final long MAX_ASKED_DELAY = 30;

    private final HttpTransport transport;
    private final RetryPolicy retries;

    StoreSession(HttpTransport transport, RetryPolicy retries) {
        this.transport = transport;
        this.retries = retries;
    }

    /**
     * Sends a request.
     *
     * @param request made anew for every attempt
     * @param place of failures
     * @param chooser says who takes the body, at every attempt
     * @return the last attempt's answer, whatever its status
     * @throws StorageFailed if no attempt was answered; retryable
     */
    StoreResponse send(Supplier<StoreRequest> request, RequestCounter counter, Place place, SinkChooser chooser) {
        boolean uncertain = false;
        for (int attempt = 1; ; attempt++) {
            StoreResponse response;
            try {
                StoreRequest now = request.get();
                counter.request(now.kind(), now.body().length());
                HttpResponse<String> answer = transport.send(now, chooser);
                response = new StoreResponse(statusOf(now, answer), answer.headers(), body(answer), uncertain);
            } catch (IOException e) {
                if (attempt >= retries.attempts()) {
                    throw transport.noAnswer(place, e);
                }
                uncertain = true;
                pause(attempt, 0, place);
                continue;
            } catch (InterruptedException e) {
                throw interrupted(place);
            }
            if (attempt >= retries.attempts() || !mayPass(response)) {
                return response;
            }
            uncertain |= response.status() >= 500;
            pause(attempt, askedDelay(response), place);
        }
    }

    private static String body(HttpResponse<String> answer) {
        return answer.body() == null ? "" : answer.body();
    }

    /** Some errors come with status 200: the store had begun to answer before it knew. */
    private static int statusOf(StoreRequest request, HttpResponse<String> answer) {
        if (answer.statusCode() != 200 || !ERRORS_IN_BODIES.contains(request.kind())) {
            return answer.statusCode();
        }
        String code = XmlText.first(body(answer), "Code");
        if (code == null) {
            return answer.statusCode();
        }
        return switch (code) {
            case "PreconditionFailed" -> 412;
            case "ConditionalRequestConflict" -> 409;
            case "NoSuchUpload", "NoSuchKey" -> 404;
            default -> PASSING_CODES.contains(code) ? 500 : 400;
        };
    }

    private boolean mayPass(StoreResponse response) {
        int status = response.status();
        if (status == 429 || status == 500 || status == 502 || status == 503 || status == 504) {
            return true;
        }
        if (status == 403 && response.errorCode().equals("RequestTimeTooSkewed")) {
            String date = response.header("date");
            try {
                if (date != null) {
                    transport.correctClock(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
                    return true;
                }
            } catch (DateTimeParseException e) {
                return false;
            }
        }
        return (status == 400 || status == 408) && PASSING_CODES.contains(response.errorCode());
    }

    private static long askedDelay(StoreResponse response) {
        String asked = response.header("retry-after");
        try {
            return asked == null ? 0 : 1000 * Math.max(0, Math.min(MAX_ASKED_DELAY, Long.parseLong(asked)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void pause(int failed, long leastMillis, Place place) {
        try {
            Thread.sleep(Math.max(leastMillis, retries.delayMillis(failed)));
        } catch (InterruptedException e) {
            throw interrupted(place);
        }
    }

    private static StorageFailed interrupted(Place place) {
        Thread.currentThread().interrupt();
        return StorageFailed.interrupted(place);
    }

    RetryPolicy retries() {
        return retries;
    }
}

package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.storage.RequestKind;
import io.glulam.storage.Traffic;
import java.util.EnumMap;
import java.util.Map;

/** The requests to a store in the results of steps. */
final class TrafficJson {
    private static final String TRAFFIC = "traffic";
    private static final String DOWNLOADED = "bytesDownloaded";
    private static final String UPLOADED = "bytesUploaded";
    private static final String COPIED = "bytesCopied";
    private static final String REQUESTS = "requests";

    private TrafficJson() {}

    /** Writes the field {@code traffic} into a result, unless there were no requests, as with a local folder. */
    static void write(ObjectNode result, Traffic traffic) {
        if (traffic.requests().isEmpty()) {
            return;
        }
        ObjectNode json = result.putObject(TRAFFIC);
        json.put(DOWNLOADED, traffic.downloaded());
        json.put(UPLOADED, traffic.uploaded());
        json.put(COPIED, traffic.copied());
        ObjectNode requests = json.putObject(REQUESTS);
        for (RequestKind kind : RequestKind.values()) {
            if (traffic.count(kind) > 0) {
                requests.put(kind.name(), traffic.count(kind));
            }
        }
    }

    /** Reads the field {@code traffic} of a result; kinds of requests that only another release counts are passed over. */
    static Traffic read(JsonNode result) {
        JsonNode json = result.path(TRAFFIC);
        Map<RequestKind, Long> requests = new EnumMap<>(RequestKind.class);
        for (RequestKind kind : RequestKind.values()) {
            JsonNode count = json.path(REQUESTS).path(kind.name());
            if (count.isIntegralNumber()) {
                requests.put(kind, count.longValue());
            }
        }
        return new Traffic(
                json.path(DOWNLOADED).longValue(),
                json.path(UPLOADED).longValue(),
                json.path(COPIED).longValue(),
                requests);
    }
}

package io.glulam.s3.client;

import io.glulam.storage.RequestKind;
import io.glulam.storage.Traffic;
import java.util.EnumMap;
import java.util.Map;

/** Counts what goes between us and a store. Thread-safe. */
public final class RequestCounter {
    private final Map<RequestKind, Long> requests = new EnumMap<>(RequestKind.class);
    private long downloaded;
    private long uploaded;
    private long copied;

    synchronized void request(RequestKind kind, long sent) {
        requests.merge(kind, 1L, Long::sum);
        uploaded += kind == RequestKind.PUT || kind == RequestKind.UPLOAD_PART ? sent : 0;
    }

    synchronized void downloaded(long bytes) {
        downloaded += bytes;
    }

    synchronized void copied(long bytes) {
        copied += bytes;
    }

    /** Returns the counts so far. */
    public synchronized Traffic traffic() {
        return new Traffic(downloaded, uploaded, copied, requests);
    }
}

package io.glulam.storage;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * The requests to a store, and the bytes that they moved.
 *
 * @param downloaded bytes of objects that were read
 * @param uploaded bytes of objects that were sent
 * @param copied bytes that the store copied itself
 * @param requests how many of each kind, repeated ones included
 */
public record Traffic(long downloaded, long uploaded, long copied, Map<RequestKind, Long> requests)
        implements Serializable {
    /** Nothing at all. */
    public static final Traffic NONE = new Traffic(0, 0, 0, Map.of());

    public Traffic {
        requests = Map.copyOf(requests);
    }

    /** Returns the number of requests of a kind. */
    public long count(RequestKind kind) {
        return requests.getOrDefault(kind, 0L);
    }

    /** Returns the number of requests of a price class. */
    public long count(RequestKind.Price price) {
        return requests.entrySet().stream()
                .filter(entry -> entry.getKey().price() == price)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Returns the sum of both. */
    public Traffic plus(Traffic other) {
        Map<RequestKind, Long> sum = new EnumMap<>(RequestKind.class);
        sum.putAll(requests);
        other.requests.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
        return new Traffic(downloaded + other.downloaded, uploaded + other.uploaded, copied + other.copied, sum);
    }
}

package io.glulam.staging;

import io.glulam.storage.ByteRange;
import java.util.List;

/**
 * The cost of fetching ranges of an object, in bytes: a request waits for its answer as long as {@code requestBytes} take to
 * be transferred. So what lies between two ranges is fetched along where it is shorter than that.
 *
 * @param requestBytes latency × bandwidth of the store
 */
record RequestCost(long requestBytes) {
    /** Returns the bytes of the ranges and those that their requests could have transferred while they waited. */
    double of(List<ByteRange> ranges) {
        return ByteRange.total(ranges) + (double) requestBytes * ranges.size();
    }

    /** Returns what so many requests could have transferred while they waited. */
    double ofRequests(double count) {
        return requestBytes * count;
    }

    /** Returns the ranges for which fetching costs least: those joined between which less lies than a request costs. */
    List<ByteRange> joined(List<ByteRange> ranges) {
        return ByteRange.joined(ranges, requestBytes);
    }
}

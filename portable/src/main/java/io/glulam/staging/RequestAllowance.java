package io.glulam.staging;

import io.glulam.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;

/**
 * How many bytes and requests fetching a part of an object may take. What lies between two ranges is fetched along where
 * that spares a request and the bytes are there to spend.
 */
final class RequestAllowance {
    private static final long SMALL = 100_000_000;
    private static final long MEDIUM = 500_000_000;

    /** The old footer and the new one are read besides. */
    private static final long FOOTERS = 1_500_000;

    private RequestAllowance() {}

    private static long bytes(long size) {
        long allowed = size <= SMALL ? Math.min(SMALL / 2, size * 11 / 20) : SMALL / 2 + (size - SMALL) / 8;
        return Math.max(0, allowed - FOOTERS);
    }

    private static int requests(long size) {
        return size <= SMALL ? 4 : size <= MEDIUM ? 9 : 14;
    }

    /** Whether fetching these ranges takes no more of either than it may. */
    static boolean suffices(List<ByteRange> ranges, long size) {
        return ranges.size() <= requests(size) && ByteRange.total(ranges) <= bytes(size);
    }

    /** The ranges, the nearest joined as long as there are too many and the bytes are there to spend. */
    static List<ByteRange> joined(List<ByteRange> ranges, long size) {
        List<ByteRange> joined = new ArrayList<>(ranges);
        long total = ByteRange.total(joined);
        while (joined.size() > requests(size)) {
            int nearest = 1;
            for (int i = 2; i < joined.size(); i++) {
                nearest = gap(joined, i) < gap(joined, nearest) ? i : nearest;
            }
            total += gap(joined, nearest);
            if (total > bytes(size)) {
                break;
            }
            ByteRange second = joined.remove(nearest);
            joined.set(nearest - 1, new ByteRange(joined.get(nearest - 1).start(), second.end()));
        }
        return joined;
    }

    private static long gap(List<ByteRange> ranges, int second) {
        return ranges.get(second).start() - ranges.get(second - 1).end();
    }
}

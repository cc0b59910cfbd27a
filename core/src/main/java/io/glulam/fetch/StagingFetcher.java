package io.glulam.fetch;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.Place;
import io.glulam.staging.StagingPlan;
import io.glulam.storage.ByteRange;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Fetches ranges of a remote object into a spool, several at once. */
final class StagingFetcher {
    /** Requests under way at once. */
    static final int CONNECTIONS = 4;

    private final RangeReader origin;
    private final RangeSpool spool;
    private final int connections;

    StagingFetcher(RangeReader origin, RangeSpool spool, int connections) {
        this.origin = origin;
        this.spool = spool;
        this.connections = connections;
    }

    /** Fetches all of them; the first failure stops the rest. */
    void fetch(List<ByteRange> ranges) {
        List<ByteRange> requests = StagingPlan.requests(ranges);
        if (requests.size() == 1) {
            fetch(requests.get(0));
        } else if (!requests.isEmpty()) {
            fetchBesideEachOther(requests);
        }
    }

    private void fetch(ByteRange range) {
        origin.transfer(range.start(), range.length(), spool::write);
    }

    private void fetchBesideEachOther(List<ByteRange> requests) {
        ExecutorService workers = DaemonThreads.pool(Math.min(connections, requests.size()), "glulam-fetch");
        try {
            List<Future<?>> fetched = new ArrayList<>();
            for (ByteRange request : requests) {
                fetched.add(workers.submit(() -> fetch(request)));
            }
            for (Future<?> request : fetched) {
                DaemonThreads.result(request, Place.of(origin.name()));
            }
        } finally {
            workers.shutdownNow();
        }
    }
}

package io.glulam.fetch;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.inputs.Candidate;
import io.glulam.join.Input;
import io.glulam.join.InputSpool;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Opens inputs in their order. Those in stores are opened ahead of their turn, several at once, so that their requests do
 * not wait for each other; what the requests bring is held in a spool. For one thread.
 */
public final class InputOpener implements AutoCloseable {
    /** Requests under way at once. */
    private static final int AT_ONCE = 24;

    /** Inputs that are opened before their turn. */
    private static final int AHEAD = 4 * AT_ONCE;

    /** Bytes that an input of unknown size may have. */
    private static final long MAX_BYTES = 8L << 20;

    private final InputSpool spool;
    private final int memoryKib;
    private final Semaphore memory;
    private final boolean endsOnly;
    private final Map<Integer, Future<Opened>> ahead = new HashMap<>();
    private Traffic traffic = Traffic.NONE;

    private record Opened(Input input, Traffic traffic) {}

    /** Takes an input and a reader of it, which is closed when it returns. */
    @FunctionalInterface
    public interface Use {
        void accept(Candidate candidate, Input input, RangeReader reader);
    }

    /**
     * @param spool takes what is read of inputs in stores
     * @param memoryBytes that answers of stores may take at once, as far as one answer does not need more
     */
    public InputOpener(InputSpool spool, long memoryBytes) {
        this(spool, memoryBytes, false);
    }

    /** @param endsOnly whether of small inputs in stores, too, only the end is read, where their footers are */
    public InputOpener(InputSpool spool, long memoryBytes, boolean endsOnly) {
        this.spool = spool;
        this.endsOnly = endsOnly;
        this.memoryKib = (int) Math.min(Integer.MAX_VALUE, Math.max(1, memoryBytes >> 10));
        this.memory = new Semaphore(memoryKib, true);
    }

    /** Hands over all inputs, one after the other. The first failure ends it. */
    public void forEach(List<Candidate> candidates, Use use) {
        ExecutorService workers = DaemonThreads.pool(AT_ONCE, "glulam-open");
        try {
            int next = 0;
            for (int i = 0; i < candidates.size(); i++) {
                for (; next < candidates.size() && next < i + AHEAD; next++) {
                    Candidate candidate = candidates.get(next);
                    if (isRemote(candidate)) {
                        ahead.put(next, workers.submit(() -> open(candidate)));
                    }
                }
                use(i, candidates.get(i), use);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static boolean isRemote(Candidate candidate) {
        return candidate.object().store().capabilities().remote();
    }

    private void use(int index, Candidate candidate, Use use) {
        ObjectRef object = candidate.object();
        Future<Opened> future = ahead.remove(index);
        if (future == null) {
            try (RangeReader reader = object.store().open(object.key())) {
                requirePinned(candidate, reader);
                use.accept(candidate, new Input(object, reader.size(), reader.version()), reader);
            }
            return;
        }
        Opened opened = DaemonThreads.result(future, Place.of(object.name()));
        traffic = traffic.plus(opened.traffic());
        try (RangeReader reader = opened.input().open()) {
            use.accept(candidate, opened.input(), reader);
            traffic = traffic.plus(reader.traffic());
        }
    }

    private Opened open(Candidate candidate) {
        ObjectRef object = candidate.object();
        long bytes = candidate.size() < 0 ? MAX_BYTES : Math.min(MAX_BYTES, candidate.size());
        int kib = (int) Math.min(memoryKib, (bytes >> 10) + 1);
        memory.acquireUninterruptibly(kib);
        try (RangeReader reader =
                endsOnly ? object.store().open(object.key()) : object.store().open(object.key(), candidate.size())) {
            requirePinned(candidate, reader);
            Input input = new Input(object, reader.size(), reader.version(), spool.hold(reader));
            return new Opened(input, reader.traffic());
        } finally {
            memory.release(kib);
        }
    }

    private static void requirePinned(Candidate candidate, RangeReader reader) {
        if (candidate.pinned() && !reader.version().equals(candidate.version())) {
            throw new SourceChanged(
                    Place.of(candidate.object().name()),
                    "the file is not the version that was pinned for this merge",
                    "run the merge again");
        }
    }

    /** The requests so far. */
    public Traffic traffic() {
        return traffic;
    }

    /** Removes what is held of the inputs. */
    @Override
    public void close() {
        spool.close();
    }
}

package io.glulam.join;

import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Readers of many inputs, of which few are open at a time: an input is opened when it is first read, and the one that was
 * not read for longest is closed. An input that is opened again must still have the version that was pinned. Thread-safe.
 */
final class PinnedInputs implements AutoCloseable {
    private final List<Input> inputs;
    private final int maxOpen;
    private final Map<Integer, Open> open = new LinkedHashMap<>(16, 0.75f, true);
    private Traffic traffic = Traffic.NONE;

    private static final class Open {
        private final RangeReader reader;
        private int users;

        Open(RangeReader reader) {
            this.reader = reader;
        }
    }

    /**
     * @param maxOpen readers that stay open while no thread uses them. Columns go through all inputs of a row group one after
     *     the other, so that each is opened again for each column where they are more
     */
    PinnedInputs(List<Input> inputs, int maxOpen) {
        this.inputs = inputs;
        this.maxOpen = maxOpen;
    }

    List<Input> inputs() {
        return inputs;
    }

    /**
     * Hands over a reader of an input, which stays open until {@code use} returns.
     *
     * @throws io.glulam.error.SourceChanged if the input is no longer the version that was pinned
     */
    void with(int input, Consumer<RangeReader> use) {
        Open entry = acquire(input);
        try {
            use.accept(entry.reader);
        } finally {
            release(entry);
        }
    }

    /**
     * Returns a reader of an input, which stays open until what is returned is closed.
     *
     * @throws io.glulam.error.SourceChanged if the input is no longer the version that was pinned
     */
    Pinned hold(int input) {
        Open entry = acquire(input);
        return new Pinned(entry.reader, () -> release(entry));
    }

    /**
     * An input that stays open. To be closed once.
     *
     * @param end lets it be closed
     */
    record Pinned(RangeReader reader, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    private Open acquire(int input) {
        synchronized (this) {
            Open entry = open.get(input);
            if (entry != null) {
                entry.users++;
                return entry;
            }
        }
        // Threads that read other inputs need not wait for the system.
        return acquire(input, new Open(inputs.get(input).open()));
    }

    private synchronized Open acquire(int input, Open opened) {
        Open entry = open.putIfAbsent(input, opened);
        if (entry == null) {
            entry = opened;
        } else {
            close(opened); // Another thread was faster.
        }
        entry.users++;
        closeUnused();
        return entry;
    }

    private synchronized void release(Open entry) {
        entry.users--;
        closeUnused();
    }

    private void closeUnused() {
        if (open.size() <= maxOpen) {
            return; // Nearly always, and each read comes here.
        }
        Iterator<Open> eldest = open.values().iterator();
        while (open.size() > maxOpen && eldest.hasNext()) {
            Open entry = eldest.next();
            if (entry.users == 0) {
                eldest.remove();
                close(entry);
            }
        }
    }

    private void close(Open entry) {
        traffic = traffic.plus(entry.reader.traffic());
        entry.reader.close();
    }

    /**
     * Checks every input once more, apart from those of which one request brought all bytes.
     *
     * @throws io.glulam.error.SourceChanged if one is no longer the version that was pinned
     */
    void checkUnchanged() {
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            if (input.isRemote()) {
                with(i, RangeReader::checkUnchanged); // Which counts the requests.
            } else if (!input.isHeldWhole()) {
                input.object().store().requireUnchanged(input.object().key(), input.size(), input.version());
            }
        }
    }

    /** Requests that the readers made so far. */
    synchronized Traffic traffic() {
        Traffic sum = traffic;
        for (Open entry : open.values()) {
            sum = sum.plus(entry.reader.traffic());
        }
        return sum;
    }

    @Override
    public synchronized void close() {
        List<Open> all = new ArrayList<>(open.values());
        open.clear();
        RuntimeException failed = null;
        for (Open entry : all) {
            try {
                close(entry);
            } catch (RuntimeException failure) {
                failed = failure;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}

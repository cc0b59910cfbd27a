package io.glulam.execute;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds what columns have open until their last page is written, so that a run that fails releases it too. Closed after the
 * pipeline, whose workers use it. Thread-safe.
 */
final class Unfinished implements AutoCloseable {
    private final Set<OpenColumn> columns = Collections.newSetFromMap(new ConcurrentHashMap<>());

    /** A column whose codecs are released without a failure, more than once if need be. */
    interface OpenColumn extends AutoCloseable {
        @Override
        void close();
    }

    /** A column holds something open from now on. */
    void add(OpenColumn column) {
        columns.add(column);
    }

    /** The column's last page is written: it is closed. */
    void finish(OpenColumn column) {
        columns.remove(column);
        column.close();
    }

    @Override
    public void close() {
        columns.forEach(OpenColumn::close);
        columns.clear();
    }
}

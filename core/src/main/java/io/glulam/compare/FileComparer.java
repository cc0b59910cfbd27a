package io.glulam.compare;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.GlulamException;
import io.glulam.format.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Compares two files: schema, key-value metadata, number of rows, then every value, null and level, columns in parallel.
 * The difference found is the first one of the first column that has any, whatever the threads. Thread-safe.
 */
public final class FileComparer {
    private final int threads;

    /** @param threads columns compared at a time; each keeps a page and a dictionary of both files in memory */
    public FileComparer(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        this.threads = threads;
    }

    /**
     * The first difference; empty if the files hold the same.
     *
     * @throws GlulamException if either file cannot be read or decoded
     */
    public Optional<Difference> firstDifference(ComparedFile left, ComparedFile right) {
        return SchemaComparison.firstDifference(left.footer(), right.footer())
                .or(() -> MetadataComparison.firstDifference(left.footer(), right.footer()))
                .or(() -> rows(left, right))
                .or(() -> firstDifferenceOfColumns(left, right));
    }

    private static Optional<Difference> rows(ComparedFile left, ComparedFile right) {
        long lefts = left.footer().rowCount();
        long rights = right.footer().rowCount();
        return lefts == rights ? Optional.empty() : Optional.of(Difference.of(lefts + " rows", rights + " rows"));
    }

    private Optional<Difference> firstDifferenceOfColumns(ComparedFile left, ComparedFile right) {
        AtomicInteger firstSettled = new AtomicInteger(Integer.MAX_VALUE);
        List<Callable<Optional<Difference>>> tasks = new ArrayList<>();
        for (Leaf leaf : left.footer().schema().leaves()) {
            tasks.add(() -> compareColumn(left, right, leaf, firstSettled));
        }
        if (tasks.isEmpty()) {
            return Optional.empty();
        }
        ExecutorService pool = DaemonThreads.pool(Math.min(threads, tasks.size()), "glulam-compare");
        try {
            return first(pool.invokeAll(tasks));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while comparing", interrupt);
        } finally {
            pool.shutdownNow();
        }
    }

    /** A column after one that is known to differ or to fail is not looked at to its end. */
    private static Optional<Difference> compareColumn(
            ComparedFile left, ComparedFile right, Leaf leaf, AtomicInteger firstSettled) {
        boolean settled = true;
        try {
            Optional<Difference> difference = firstSettled.get() < leaf.index()
                    ? Optional.empty()
                    : ColumnComparer.firstDifference(
                            left,
                            right,
                            leaf,
                            () -> firstSettled.get() < leaf.index()
                                    || Thread.currentThread().isInterrupted());
            settled = difference.isPresent();
            return difference;
        } finally {
            if (settled) {
                firstSettled.accumulateAndGet(leaf.index(), Math::min);
            }
        }
    }

    private static Optional<Difference> first(List<Future<Optional<Difference>>> columns) throws InterruptedException {
        for (Future<Optional<Difference>> column : columns) {
            try {
                Optional<Difference> difference = column.get();
                if (difference.isPresent()) {
                    return difference;
                }
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof GlulamException known) {
                    throw known;
                }
                throw new IllegalStateException("a column could not be compared", failure.getCause());
            }
        }
        return Optional.empty();
    }
}

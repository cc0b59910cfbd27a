package io.glulam.pipeline;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Who does a run's work: threads, or the caller alone. The bytes that come out are the same. Thread-safe. */
public interface Workers {
    /** How many things are done at once at most; at least 1. */
    int count();

    /**
     * Does a number of things, begun in their order; after a failure no more are begun.
     *
     * @param count of the things
     * @param most that are done at once
     * @param name of the workers
     * @param worker gives each worker what does the things by their numbers, from 0 on
     * @throws RuntimeException or Error of the first, by number, of those that failed
     */
    void forEach(int count, int most, String name, Supplier<IntConsumer> worker);

    /**
     * Opens a pipeline.
     *
     * @param written hears what is written
     * @param bytes that the pieces that are begun in their turn, and those that are moved, may take at once
     * @param bytesAhead that those may take at once that are begun ahead of their turn
     */
    <W> Pipeline<W> pipeline(ReadBackOutput output, W written, long bytes, long bytesAhead);

    /** Returns a result that is made once: ahead of its turn if it {@linkplain #ahead may}, else when it is asked for. */
    <T> Deferred<T> defer(Supplier<T> work);

    /**
     * Makes results ahead of those who ask for them, one after the other, up to the first failure, where there is a thread
     * for that.
     *
     * @param results of these workers' {@link #defer}, in the order in which they will be asked for
     * @return what ends that
     */
    <T> Ahead ahead(List<Deferred<T>> results);

    /** A result. */
    interface Deferred<T> {
        /**
         * Returns it, once it is made. To be asked once: it is not held after that.
         *
         * @throws RuntimeException or Error that making it failed with
         */
        T get();
    }

    /** The making of results ahead. */
    interface Ahead extends AutoCloseable {
        /** Makes no more results, and returns when that is certain. */
        @Override
        void close();
    }
}

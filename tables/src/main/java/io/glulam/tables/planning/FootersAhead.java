package io.glulam.tables.planning;

import io.glulam.CompactionOptions;
import io.glulam.OpenedFooter;
import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.storage.ObjectRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the footers of files and hands over what was found, in the order of the files. Footers of files in stores are read ahead
 * of their turn, several at once, so that their requests do not wait for each other; those of local files in their turn.
 *
 * @param <T> a file
 * @param <R> what is taken from its footer
 */
public final class FootersAhead<T, R> {
    private static final int MAX_AT_ONCE = 16;

    /** Bytes that each of the footers that are read at once may take. */
    private static final long FOOTER_BYTES = 4L << 20;

    private final CompactionOptions options;
    private final Function<T, ObjectRef> objects;
    private final Function<OpenedFooter, R> look;

    /**
     * @param options of which the memory and the temporary folder are used
     * @param objects opens a file; called in the thread that asks
     * @param look takes what is wanted from a footer, which is closed then; called in several threads
     */
    public FootersAhead(CompactionOptions options, Function<T, ObjectRef> objects, Function<OpenedFooter, R> look) {
        this.options = options;
        this.objects = objects;
        this.look = look;
    }

    /**
     * Reads the footers of all files.
     *
     * @param use takes each file and what was found, in the order of the files; asking for it throws the
     *     {@link GlulamException} that reading the footer threw
     */
    public void forEach(List<T> files, BiConsumer<T, Supplier<R>> use) {
        int atOnce = (int) Math.max(1, Math.min(MAX_AT_ONCE, options.bufferBytes() / FOOTER_BYTES));
        ExecutorService readers = DaemonThreads.pool(atOnce, "glulam-footers");
        try {
            Deque<Supplier<R>> ahead = new ArrayDeque<>();
            Iterator<T> next = files.iterator();
            for (T file : files) {
                while (ahead.size() < 2 * atOnce && next.hasNext()) {
                    ahead.add(begun(next.next(), readers));
                }
                use.accept(file, ahead.remove());
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private Supplier<R> begun(T file, ExecutorService readers) {
        ObjectRef object;
        try {
            object = objects.apply(file);
        } catch (GlulamException failure) {
            return () -> {
                throw failure;
            };
        }
        if (!object.store().capabilities().remote()) {
            return () -> read(object, options);
        }
        Future<R> result = readers.submit(() -> read(object, options.withBufferBytes(FOOTER_BYTES)));
        return () -> DaemonThreads.result(result, Place.of(object.name()));
    }

    private R read(ObjectRef object, CompactionOptions memory) {
        try (OpenedFooter footer = OpenedFooter.of(object, memory)) {
            return look.apply(footer);
        }
    }
}

package io.glulam.join;

import io.glulam.adapt.AdaptedColumn;
import io.glulam.adapt.ChunkAdapter;
import io.glulam.adapt.ChunkAdapter.Adapted;
import io.glulam.adapt.ChunkSink;
import io.glulam.adapt.CutPages;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.format.ColumnChunk;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.Spool;
import io.glulam.pipeline.Workers;
import io.glulam.shape.DeletedRows;
import io.glulam.source.SourceFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the column chunks of an input that cannot move as they are. The workers make several chunks of a row group at once,
 * each in a place of its own, from which it moves into the tail in its turn; so the tail is the same as by one worker. Not
 * thread-safe.
 */
final class ChunkMaker {
    /** Chunks that wait for their turn at most: each may take a temporary file. */
    private static final int MAX_WAITING = 32;

    /** Of the memory for buffers, the part that waiting chunks may take together. */
    private static final int WAITING_SHARE = 16;

    /** Memory that a chunk takes at least while it waits. */
    private static final int MIN_CHUNK = 4 << 10;

    private final SourceFile file;
    private final ExecutionResources resources;
    private final Workers workers;
    private final ChunkSink sink;
    private final ChunkAdapter alone;
    private final ChunkAdapter beside;
    private CutPages cutPages = CutPages.NONE;

    /**
     * @param deleted rows of the input that the chunks do not get
     * @param comparesValues as {@link ChunkAdapter} takes it
     * @param sink takes the chunks
     */
    ChunkMaker(
            SourceFile file,
            DeletedRows deleted,
            boolean comparesValues,
            ExecutionResources resources,
            ChunkSink sink) {
        this.file = file;
        this.resources = resources;
        this.workers = resources.workers();
        this.sink = sink;
        this.alone = new ChunkAdapter(file, deleted, comparesValues, resources::newOverflow);
        SourceFile shared = new SourceFile(
                file.footer(), file.bytes(), file.writers(), file.maxPageBytes() / workers.count(), file.codecs());
        this.beside = new ChunkAdapter(shared, deleted, comparesValues, resources::newOverflow);
    }

    /** Returns the rows of a row group that are deleted, as {@link ChunkAdapter#deletedIn}. */
    BitSet deletedIn(int rowGroup) {
        return alone.deletedIn(rowGroup);
    }

    /** Returns whether a column chunk has a null, as {@link ChunkAdapter#hasNulls}. */
    boolean hasNulls(int rowGroup, int column) {
        return alone.hasNulls(rowGroup, column);
    }

    /** Returns the counts of pages of chunks in which rows are deleted, so far. */
    CutPages cutPages() {
        return cutPages;
    }

    /**
     * Begins a row group, after those before it.
     *
     * @param columns whose chunks will be asked for, in this order
     */
    RowGroup begin(int rowGroup, List<AdaptedColumn> columns) {
        return new RowGroup(rowGroup, columns);
    }

    /** The chunks of a row group. */
    final class RowGroup implements AutoCloseable {
        private final int number;
        private final List<AdaptedColumn> columns;
        private final Map<AdaptedColumn, WaitingChunk> waiting = new IdentityHashMap<>();
        private int asked;

        private RowGroup(int number, List<AdaptedColumn> columns) {
            this.number = number;
            this.columns = columns;
        }

        /**
         * Makes the chunk of the next column.
         *
         * @param bloomFilter where the bloom filter of the input's chunk lies beside it; 0 for none
         * @return its footer entry
         */
        ColumnChunk make(AdaptedColumn column, long bloomFilter) {
            if (asked % MAX_WAITING == 0) {
                makeAhead(columns.subList(asked, Math.min(columns.size(), asked + MAX_WAITING)));
            }
            asked++;
            WaitingChunk ready = waiting.remove(column);
            if (ready == null) {
                Adapted made = alone.adapt(number, column, bloomFilter, sink);
                cutPages = cutPages.plus(made.cutPages());
                return made.chunk();
            }
            try (ready) {
                cutPages = cutPages.plus(ready.made().cutPages());
                return ready.moveTo(sink, bloomFilter, chunk(column).bloomFilterLength());
            }
        }

        /**
         * Makes chunks before they are asked for, in the calling thread, as far as they take little memory. What fails is left:
         * it is found again in its turn.
         *
         * @param memory bytes that the chunks may take together
         */
        void makeSmall(long memory) {
            long left = memory;
            for (AdaptedColumn column : columns) {
                long bytes = Math.max(MIN_CHUNK, chunk(column).uncompressedSize());
                if (bytes > left || waiting.size() == MAX_WAITING) {
                    return;
                }
                left -= bytes;
                ChunkSink place = place((int) Math.min(memory, Integer.MAX_VALUE));
                try {
                    Adapted made = beside.adapt(number, column, 0, place);
                    waiting.put(column, new WaitingChunk(place, made));
                } catch (GlulamException failure) {
                    place.close();
                    return;
                }
            }
        }

        /** Returns a place for one chunk, of which so many bytes wait in memory. */
        private ChunkSink place(int memory) {
            return new ChunkSink(new Spool(memory, resources::newOverflow), ChunkSink.FIRST_OFFSET);
        }

        private ColumnChunk chunk(AdaptedColumn column) {
            return file.footer().chunk(number, column.fit().column());
        }

        /**
         * Makes chunks at once, the longest first, so that the last ones are short. Where one is refused, perhaps because it
         * needs more memory than its share, each is made in its turn: then what is wrong is found in the order of the columns.
         */
        private void makeAhead(List<AdaptedColumn> all) {
            List<AdaptedColumn> some =
                    all.stream().filter(column -> !waiting.containsKey(column)).toList();
            if (workers.count() < 2 || some.size() < 2) {
                return;
            }
            List<AdaptedColumn> longestFirst = new ArrayList<>(some);
            longestFirst.sort(Comparator.comparingLong(
                            (AdaptedColumn column) -> chunk(column).uncompressedSize())
                    .reversed());
            int memory = (int) Math.min(1 << 20, resources.bufferBytes() / WAITING_SHARE / some.size());
            List<ChunkSink> places = new ArrayList<>();
            some.forEach(column -> places.add(place(memory)));
            Adapted[] made = new Adapted[some.size()];
            boolean done = false;
            try {
                workers.forEach(
                        some.size(),
                        workers.count(),
                        "glulam-adapt",
                        () -> i -> made[i] = beside.adapt(number, longestFirst.get(i), 0, places.get(i)));
                for (int i = 0; i < made.length; i++) {
                    waiting.put(longestFirst.get(i), new WaitingChunk(places.get(i), made[i]));
                }
                done = true;
            } catch (Unsupported | CorruptFile refused) {
                // Found again in its turn.
            } finally {
                if (!done) {
                    places.forEach(ChunkSink::close);
                }
            }
        }

        @Override
        public void close() {
            waiting.values().forEach(ready -> ready.close());
        }
    }
}

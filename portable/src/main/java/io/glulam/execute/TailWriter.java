package io.glulam.execute;

import io.glulam.footer.ChunkEntries;
import io.glulam.footer.ChunkMove;
import io.glulam.footer.DroppedField;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterWriter;
import io.glulam.format.ColumnChunk;
import io.glulam.pipeline.ReadBackOutput;
import io.glulam.source.SourceBytes;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what follows the row groups: bloom filters, column indexes, offset indexes, footer. Those of kept row groups
 * come from the source, their offsets relocated. Everything is written as it is made: the memory that this takes grows
 * with the columns of a row group, not with the column chunks of the file.
 */
final class TailWriter {
    private final Footer footer;
    private final ReadBackOutput output;
    private final List<OutputRowGroup> rowGroups;
    private final TailLog log;
    private final int columns;
    private final SourceAids aids;
    private final RangeSpool.Factory overflows;

    /** @param overflows makes the places for what does not fit the memory */
    TailWriter(
            Footer footer,
            SourceBytes source,
            ReadBackOutput output,
            List<OutputRowGroup> rowGroups,
            TailLog log,
            DroppedAids dropped,
            RangeSpool.Factory overflows) {
        this.footer = footer;
        this.output = output;
        this.rowGroups = rowGroups;
        this.log = log;
        this.aids = new SourceAids(footer, source, dropped);
        this.columns = footer.schema().leaves().size();
        this.overflows = overflows;
    }

    /** Writes everything; the result is the footer's fields that could not be carried along. */
    List<DroppedField> write(boolean strict) {
        KeptAids kept = keptAids();
        try (SpooledLog bloomLengths = new SpooledLog(overflows);
                SpooledLog columnIndexLengths = new SpooledLog(overflows);
                SpooledLog offsetIndexLengths = new SpooledLog(overflows)) {
            long blooms = output.position();
            writeAids(log.bloomFilters(), kept.bloomFilters(), aids::bloomFilter, bloomLengths);
            long columnIndexes = output.position();
            writeAids(log.columnIndexes(), kept.columnIndexes(), aids::columnIndex, columnIndexLengths);
            long offsetIndexes = output.position();
            writeAids(log.offsetIndexes(), kept.offsetIndexes(), aids::offsetIndex, offsetIndexLengths);
            return writeFooter(
                    strict,
                    new ChunkTails(
                            new AidPlaces(blooms, bloomLengths),
                            new AidPlaces(columnIndexes, columnIndexLengths),
                            new AidPlaces(offsetIndexes, offsetIndexLengths)));
        }
    }

    /** Which kinds any kept chunk has: the others need not be looked for chunk by chunk. */
    private record KeptAids(boolean bloomFilters, boolean columnIndexes, boolean offsetIndexes) {}

    private KeptAids keptAids() {
        boolean bloomFilters = false;
        boolean columnIndexes = false;
        boolean offsetIndexes = false;
        ChunkEntries entries = footer.entries();
        for (OutputRowGroup rowGroup : rowGroups) {
            if (rowGroup instanceof OutputRowGroup.Kept kept) {
                entries.start(kept.sourceRowGroup());
                for (int column = 0; column < columns; column++) {
                    ColumnChunk chunk = entries.next();
                    bloomFilters |= chunk.bloomFilterOffset() != 0;
                    columnIndexes |= chunk.columnIndexOffset() != 0;
                    offsetIndexes |= chunk.offsetIndexOffset() != 0;
                }
            }
        }
        return new KeptAids(bloomFilters, columnIndexes, offsetIndexes);
    }

    /** Gives what a kept chunk gets of a kind; null for nothing. */
    private interface KeptAid {
        byte @Nullable [] of(int rowGroup, int column, ColumnChunk chunk, long shift);
    }

    /**
     * Writes all aids of a kind.
     *
     * @param merged those of merged chunks
     * @param anyKept whether kept chunks have any
     * @param lengths takes each one's length, 0 for none
     */
    private void writeAids(SpooledLog.Reader merged, boolean anyKept, KeptAid keptAid, SpooledLog lengths) {
        ChunkEntries entries = footer.entries();
        TailLog.Moves moves = log.moves();
        for (OutputRowGroup rowGroup : rowGroups) {
            if (rowGroup instanceof OutputRowGroup.Kept kept && anyKept) {
                entries.start(kept.sourceRowGroup());
                for (int column = 0; column < columns; column++) {
                    moves.next();
                    append(keptAid.of(kept.sourceRowGroup(), column, entries.next(), moves.shift()), lengths);
                }
            } else {
                boolean isMerged = rowGroup instanceof OutputRowGroup.Merged;
                for (int column = 0; column < columns; column++) {
                    append(isMerged ? merged.bytes() : null, lengths);
                }
            }
        }
    }

    private void append(byte @Nullable [] aid, SpooledLog lengths) {
        lengths.add(aid == null ? 0 : aid.length);
        if (aid != null) {
            output.append(ByteBuffer.wrap(aid));
        }
    }

    /** Where the aids of a kind lie, one chunk after the other. */
    private static final class AidPlaces {
        private final SpooledLog.Reader lengths;
        private long end;
        private int length;

        /** @param start of the first */
        AidPlaces(long start, SpooledLog lengths) {
            this.end = start;
            this.lengths = lengths.reader();
        }

        /** Goes to the next chunk. */
        void next() {
            length = (int) lengths.number();
            end += length;
        }

        /** Returns the offset of the chunk's aid; 0 if it has none. */
        long offset() {
            return length == 0 ? 0 : end - length;
        }

        int length() {
            return length;
        }
    }

    /** Where all aids of a chunk lie, one chunk after the other. */
    private record ChunkTails(AidPlaces bloomFilters, AidPlaces columnIndexes, AidPlaces offsetIndexes) {
        private void next() {
            bloomFilters.next();
            columnIndexes.next();
            offsetIndexes.next();
        }

        /** Returns the move of the next chunk, a kept one. */
        ChunkMove nextMove(TailLog.Moves moves) {
            next();
            moves.next();
            return new ChunkMove(
                    moves.shift(),
                    bloomFilters.offset(),
                    offsetIndexes.offset(),
                    offsetIndexes.length(),
                    columnIndexes.offset(),
                    columnIndexes.length(),
                    moves.surplus(),
                    false);
        }

        /** Returns the entry of the next chunk, a merged one. */
        ColumnChunk nextEntry(SpooledLog.Reader entries) {
            next();
            return TailLog.entry(entries)
                    .withTail(
                            bloomFilters.offset(),
                            bloomFilters.length(),
                            offsetIndexes.offset(),
                            offsetIndexes.length(),
                            columnIndexes.offset(),
                            columnIndexes.length());
        }
    }

    private List<DroppedField> writeFooter(boolean strict, ChunkTails tails) {
        FooterWriter writer = new FooterWriter(footer, rowGroups.size(), strict, output::append);
        SpooledLog.Reader entries = log.entries();
        TailLog.Moves moves = log.moves();
        for (OutputRowGroup rowGroup : rowGroups) {
            if (rowGroup instanceof OutputRowGroup.Kept kept) {
                List<ChunkMove> all = new ArrayList<>(columns);
                for (int column = 0; column < columns; column++) {
                    all.add(tails.nextMove(moves));
                }
                writer.keep(kept.sourceRowGroup(), all);
            } else if (rowGroup instanceof OutputRowGroup.Merged merged) {
                Iterator<ColumnChunk> chunks =
                        Stream.generate(() -> tails.nextEntry(entries)).iterator();
                writer.merge(merged.rows(), chunks, merged.sortingColumns());
            }
        }
        writer.finish();
        return writer.droppedFields();
    }
}

package io.glulam.adapt;

import io.glulam.decode.TripletReader;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.schema.ColumnFit;
import io.glulam.storage.RangeSpool;
import java.util.BitSet;

/** Makes a chunk of an INT64 column of the root without its nulls: values that were given take their place. For one chunk. */
final class NullFiller {
    private final SourceColumn source;
    private final Leaf target;
    private final GivenValues values;
    private final ChunkEncoder encoder;

    /**
     * @param firstRow position of the row group's first row in its file
     * @param deleted rows of the row group that the output does not get
     * @param spool for the data pages; closed by the caller
     */
    NullFiller(
            SourceColumn source,
            AdaptedColumn column,
            ColumnFit.Filled fit,
            long firstRow,
            BitSet deleted,
            ChunkSink sink,
            RangeSpool spool) {
        this.source = source;
        this.target = column.target();
        this.values = new GivenValues(target, fit.values(), firstRow, deleted);
        this.encoder = new ChunkEncoder(source, target, column.dictionaryEncoding(), -1, sink, spool);
    }

    ColumnChunk make() {
        return encoder.make(new FilledPages(source, values), source.chunk().keyValueMetadata(), this::isFilled);
    }

    private boolean isFilled(TripletReader made) {
        try (TripletReader before = source.triplets()) {
            for (long row = 0; before.next(); row++) {
                if (!made.next()
                        || made.definitionLevel() != target.maxDefinitionLevel()
                        || (before.isNull() ? !values.isAt(made, row) : before.bits() != made.bits())) {
                    return false;
                }
            }
            return !made.next();
        }
    }
}

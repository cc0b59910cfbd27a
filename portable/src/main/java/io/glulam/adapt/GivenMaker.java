package io.glulam.adapt;

import io.glulam.decode.TripletReader;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.schema.ColumnFit;
import io.glulam.storage.RangeSpool;
import java.util.BitSet;

/** Makes the chunk of a column that the source does not have of values that were given. For one chunk; not thread-safe. */
final class GivenMaker {
    private final SourceColumn sibling;
    private final Leaf target;
    private final ColumnFit.Made fit;
    private final GivenValues values;
    private final ChunkEncoder encoder;

    /**
     * @param firstRow position of the row group's first row in its file
     * @param deleted rows of the row group that the output does not get
     * @param spool for the data pages; closed by the caller
     */
    GivenMaker(
            SourceColumn sibling,
            AdaptedColumn column,
            ColumnFit.Made fit,
            long firstRow,
            BitSet deleted,
            ChunkSink sink,
            RangeSpool spool) {
        this.sibling = sibling;
        this.target = column.target();
        this.fit = fit;
        this.values = new GivenValues(target, fit.values(), firstRow, deleted);
        boolean constant = values.constant() != null;
        this.encoder = new ChunkEncoder(sibling, target, column.dictionaryEncoding(), constant ? 1 : -1, sink, spool);
    }

    ColumnChunk make() {
        return encoder.make(new GivenPages(values, levels()), null, this::isGiven);
    }

    private LevelPages levels() {
        return new LevelPages(sibling, fit.maxRepetitionLevel(), fit.levels());
    }

    private boolean isGiven(TripletReader made) {
        long row = 0;
        try (LevelPages levels = levels()) {
            while (levels.next()) {
                for (int i = 0; i < levels.definition().count(); i++, row++) {
                    boolean same = made.next()
                            && made.repetitionLevel() == levels.repetition().get(i)
                            && made.definitionLevel() == levels.definition().get(i)
                            && (made.isNull() || values.isAt(made, row));
                    if (!same) {
                        return false;
                    }
                }
            }
        }
        return !made.next();
    }
}

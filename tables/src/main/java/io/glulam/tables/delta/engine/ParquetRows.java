package io.glulam.tables.delta.engine;

import io.delta.kernel.types.StructType;
import io.glulam.codec.JvmCodecs;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.rows.NodeReader;
import io.glulam.source.SourceFile;
import io.glulam.storage.RangeReader;
import org.jspecify.annotations.Nullable;

/** Reads a Parquet file as rows: the fields of a schema by their names, null where the file lacks one. */
final class ParquetRows implements BatchIterator.RowReader {
    private final RangeReader object;
    private final NodeReader.Struct root;
    private final long rows;
    private long done;

    private ParquetRows(RangeReader object, NodeReader.Struct root, long rows) {
        this.object = object;
        this.root = root;
        this.rows = rows;
    }

    /**
     * Opens a file.
     *
     * @param object closed with the result, or if the file cannot be read
     * @param bufferBytes memory that pages may take
     */
    static ParquetRows open(RangeReader object, StructType schema, long bufferBytes) {
        try {
            Footer footer = FooterReader.read(object, bufferBytes);
            SourceFile file = SourceFile.of(object, footer, bufferBytes, JvmCodecs.INSTANCE);
            return new ParquetRows(object, new NodeReaders(file).of(schema), footer.rowCount());
        } catch (GlulamException failure) {
            object.close();
            throw failure.within(Place.of(object.name()));
        }
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        if (done == rows) {
            return null;
        }
        done++;
        try {
            return root.instance();
        } catch (GlulamException failure) {
            throw failure.within(Place.of(object.name()));
        }
    }

    @Override
    public void close() {
        try (object) {
            root.close();
        }
    }
}

package io.glulam.adapt;

import io.glulam.format.ColumnChunk;
import io.glulam.source.SourceBytes;
import io.glulam.source.SourceFile;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** A column chunk without deleted rows that lies in a sink: it can be read, and made into another form, like any other. */
final class MadeColumn {
    private MadeColumn() {}

    /** Returns the chunk as one of a source. */
    static SourceColumn of(SourceColumn source, ColumnChunk chunk, BitSet deleted, ChunkSink sink) {
        SourceFile file = source.file();
        SourceFile made = new SourceFile(
                file.footer(),
                new SourceBytes(new Contents(file.name(), sink)),
                file.writers(),
                file.maxPageBytes(),
                file.codecs());
        return new SourceColumn(made, source.rowGroup(), source.leaf(), chunk, source.rows() - deleted.cardinality());
    }

    /** The contents of a sink. */
    private record Contents(String name, ChunkSink sink) implements RangeReader {
        @Override
        public long size() {
            return sink.position();
        }

        @Override
        public String version() {
            return "";
        }

        @Override
        public void read(long position, ByteBuffer target) {
            sink.read(position, target);
        }

        @Override
        public void checkUnchanged() {}

        @Override
        public void close() {}
    }
}

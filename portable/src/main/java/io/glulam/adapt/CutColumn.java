package io.glulam.adapt;

import io.glulam.format.ColumnChunk;
import io.glulam.source.SourceBytes;
import io.glulam.source.SourceFile;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * A column chunk of the source without deleted rows, in a spool, so that it can be made into another form like any other.
 * Not thread-safe.
 */
final class CutColumn implements ChunkSink, AutoCloseable {
    /** A chunk does not begin at offset 0, which stands for no offset. */
    private static final int START = 4;

    private final RangeSpool spool;
    private long end = START;

    CutColumn(RangeSpool spool) {
        this.spool = spool;
    }

    /**
     * Makes the chunk and returns it as one of a source.
     *
     * @param bloomFilterOffset where the source's bloom filter will lie; 0 for none
     */
    SourceColumn cut(ChunkCutter cutter, SourceColumn source, BitSet deleted, long bloomFilterOffset) {
        return made(source, cutter.make(bloomFilterOffset), deleted, this);
    }

    /** Returns a chunk that lies in a sink as one of a source. */
    static SourceColumn made(SourceColumn source, ColumnChunk chunk, BitSet deleted, ChunkSink sink) {
        SourceFile file = source.file();
        SourceFile cut = new SourceFile(
                file.footer(),
                new SourceBytes(new Made(file.name(), sink)),
                file.writers(),
                file.maxPageBytes(),
                file.codecs());
        return new SourceColumn(cut, source.rowGroup(), source.leaf(), chunk, source.rows() - deleted.cardinality());
    }

    @Override
    public long position() {
        return end;
    }

    @Override
    public void append(byte[] bytes, int from, int length) {
        spool.write(end, ByteBuffer.wrap(bytes, from, length));
        end += length;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        spool.read(position, target);
    }

    @Override
    public void close() {
        spool.close();
    }

    /** The contents of a sink. */
    private record Made(String name, ChunkSink sink) implements RangeReader {
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

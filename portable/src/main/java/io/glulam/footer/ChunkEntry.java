package io.glulam.footer;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;

/** A merged column chunk's footer entry as bytes, to be kept until the footer is written. */
public final class ChunkEntry {
    private ChunkEntry() {}

    /** The entry as {@link FooterWriter#merge} writes it. */
    public static byte[] write(Leaf leaf, ColumnChunk chunk) {
        ThriftWriter out = new ThriftWriter(256);
        new MergedRowGroup(out).writeChunk(leaf, chunk);
        return out.toByteArray();
    }

    /** Reads what {@link #write} gave. */
    public static ColumnChunk read(byte[] entry) {
        return ChunkParser.parse(new ThriftReader(entry, 0, entry.length, 0), Long.MAX_VALUE, KnownLists.NOTHING);
    }
}

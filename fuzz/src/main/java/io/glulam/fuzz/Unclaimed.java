package io.glulam.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/** Files whose footers claim nothing that readers skip rows by: no statistics, no page indexes, no bloom filters. */
final class Unclaimed {
    private static final int END = 8;

    private Unclaimed() {}

    /**
     * Returns a file of the same row groups.
     *
     * @throws IOException if the reference implementation does not read the footer
     */
    static byte[] of(byte[] file) throws IOException {
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - END);
        int start = file.length - END - length;
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, start, length));
        for (RowGroup group : footer.getRow_groups()) {
            group.getColumns().forEach(Unclaimed::clear);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, start);
        Util.writeFileMetaData(footer, out);
        byte[] written = new byte[Integer.BYTES];
        ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).putInt(out.size() - start);
        out.write(written);
        out.write("PAR1".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static void clear(ColumnChunk chunk) {
        chunk.unsetColumn_index_offset();
        chunk.unsetColumn_index_length();
        chunk.unsetOffset_index_offset();
        chunk.unsetOffset_index_length();
        chunk.getMeta_data().unsetBloom_filter_offset();
        chunk.getMeta_data().unsetBloom_filter_length();
        chunk.getMeta_data().unsetStatistics();
        chunk.getMeta_data().unsetSize_statistics();
    }
}

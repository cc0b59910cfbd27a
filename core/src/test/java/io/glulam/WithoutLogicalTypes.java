package io.glulam;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/** A copy of a file as writers before logical types would have written it: with converted types alone. */
final class WithoutLogicalTypes {
    private WithoutLogicalTypes() {}

    static Path of(Path file, Path copy) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = ByteBuffer.wrap(bytes, bytes.length - 8, 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        int from = bytes.length - 8 - length;
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes, from, length));
        footer.getSchema().forEach(element -> element.setLogicalType(null));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Arrays.copyOf(bytes, from));
        Util.writeFileMetaData(footer, out);
        int written = out.size() - from;
        out.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(written)
                .array());
        out.write(bytes, bytes.length - 4, 4);
        return Files.write(copy, out.toByteArray());
    }
}

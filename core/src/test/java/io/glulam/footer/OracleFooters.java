package io.glulam.footer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/** Footers through Apache Parquet's generated Thrift classes. */
final class OracleFooters {
    private OracleFooters() {}

    static byte[] write(FileMetaData footer) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Util.writeFileMetaData(footer, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Logical types that the oracle does not know are left out: they cannot be compared. */
    static FileMetaData read(byte[] bytes) {
        try {
            FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes));
            for (SchemaElement element : footer.getSchema()) {
                if (element.isSetLogicalType() && element.getLogicalType().getSetField() == null) {
                    element.unsetLogicalType();
                }
            }
            return footer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

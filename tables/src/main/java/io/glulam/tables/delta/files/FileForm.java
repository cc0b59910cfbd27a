package io.glulam.tables.delta.files;

import io.glulam.footer.Footer;
import io.glulam.format.SchemaNode;
import java.util.Arrays;

/**
 * The physical schema of a data file.
 *
 * @param root of the schema
 * @param raw the serialized schema: files of equal bytes have the same form
 */
@SuppressWarnings("ArrayRecordComponent")
public record FileForm(SchemaNode root, byte[] raw) {
    static FileForm of(Footer footer) {
        return new FileForm(footer.schema().root(), footer.rawSchema());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileForm that && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }
}

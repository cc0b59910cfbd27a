package io.glulam.tables.delta;

import io.glulam.footer.Footer;
import io.glulam.format.SchemaNode;
import java.util.Arrays;
import java.util.List;

/**
 * The physical schema of a data file.
 *
 * @param root of the schema
 * @param raw the serialized schema: files of equal bytes have the same form
 */
@SuppressWarnings("ArrayRecordComponent")
record FileForm(SchemaNode root, byte[] raw) {
    static FileForm of(Footer footer) {
        return new FileForm(footer.schema().root(), footer.rawSchema());
    }

    /** Whether the file has a column or a group at a path of names. */
    boolean has(List<String> path) {
        SchemaNode node = root;
        for (String name : path) {
            node = node.children().stream()
                    .filter(child -> child.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (node == null) {
                return false;
            }
        }
        return true;
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

package io.glulam.adapt;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.VerificationFailed;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream.Page;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a page without deleted rows must hold. */
class CutCheckTest {
    private static final Leaf LEAF = leaf();

    private static Leaf leaf() {
        byte[] schema = TargetShape.byName(
                        List.of(TargetField.leaf("x", PhysicalType.INT64).required()))
                .schemaBytes();
        return Schema.read(new ThriftReader(schema, 0, schema.length, 0))
                .leaves()
                .get(0);
    }

    private static Page page(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        PageHeader header =
                PageHeader.dataPage(bytes.capacity(), bytes.capacity(), values.length, Encoding.PLAIN.value());
        return new Page(header, bytes.array(), 0, bytes.capacity(), 0);
    }

    /** Rows 10 to 14, of which row 12 is deleted. */
    private static void check(Page... made) {
        BitSet deleted = new BitSet();
        deleted.set(12);
        CutCheck check = new CutCheck(LEAF, deleted, () -> null, null);
        check.begin(page(1, 2, 3, 4, 5), 10);
        for (Page page : made) {
            check.hold(page);
        }
        check.end();
    }

    @Test
    void allOtherRowsInOnePageOrSeveral() {
        assertThatCode(() -> check(page(1, 2, 4, 5))).doesNotThrowAnyException();
        assertThatCode(() -> check(page(1, 2), page(4, 5))).doesNotThrowAnyException();
    }

    @Test
    void noDeletedRow() {
        assertThatThrownBy(() -> check(page(1, 2, 3, 4, 5))).isInstanceOf(VerificationFailed.class);
    }

    @Test
    void noOtherValue() {
        assertThatThrownBy(() -> check(page(1, 2, 4, 6))).isInstanceOf(VerificationFailed.class);
    }

    @Test
    void noRowLess() {
        assertThatThrownBy(() -> check(page(1, 2, 4))).isInstanceOf(VerificationFailed.class);
    }
}

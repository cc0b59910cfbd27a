package io.glulam.adapt;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import io.glulam.shape.MadeColumn.Constant;
import org.jspecify.annotations.Nullable;

/**
 * Given values as pages of version 1: a constant as a dictionary of one entry, apart from BOOLEAN; ascending numbers in
 * encoding PLAIN. Closing closes the levels. Not thread-safe.
 */
final class GivenPages implements PageStream {
    private final GivenValues values;
    private final LevelPages levels;
    private final ByteArrayBuilder body = new ByteArrayBuilder(1 << 12);
    private boolean begun;
    private long rows;

    /** @param levels of the column */
    GivenPages(GivenValues values, LevelPages levels) {
        this.values = values;
        this.levels = levels;
    }

    @Override
    public @Nullable Page next() {
        Constant constant = values.constant();
        boolean indexed = constant != null && constant.type() != PhysicalType.BOOLEAN;
        body.clear();
        if (constant != null && indexed && !begun) {
            begun = true;
            return dictionary(constant.plain());
        }
        if (!levels.next()) {
            return null;
        }
        levels.repetition().writeWithLength(values.target().maxRepetitionLevel(), body);
        levels.definition().writeWithLength(values.target().maxDefinitionLevel(), body);
        int count = levels.definition().count();
        int present = levels.definition().countEqual(values.target().maxDefinitionLevel());
        if (indexed) {
            appendIndices(present);
        } else if (constant != null) {
            appendBits(present, constant.plain()[0] == 1);
        } else {
            values.appendAscending(rows, count, body);
        }
        rows += count;
        Encoding encoding = indexed ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
        PageHeader header = PageHeader.dataPage(body.size(), body.size(), count, encoding.value());
        return new Page(header, body.array(), 0, body.size(), 0);
    }

    private Page dictionary(byte[] plain) {
        if (values.target().type() == PhysicalType.BYTE_ARRAY) {
            body.appendInt(plain.length);
        }
        body.append(plain, 0, plain.length);
        PageHeader header = PageHeader.dictionaryPage(body.size(), body.size(), 1, Encoding.PLAIN.value());
        return new Page(header, body.array(), 0, body.size(), 0);
    }

    /** One run of index 0, one bit wide. */
    private void appendIndices(int count) {
        body.append(1);
        if (count > 0) {
            body.appendVarint(count << 1);
            body.append(0);
        }
    }

    private void appendBits(int count, boolean value) {
        for (int i = 0; i < count; i += Byte.SIZE) {
            body.append(value ? 0xff : 0);
        }
    }

    @Override
    public void close() {
        levels.close();
    }
}

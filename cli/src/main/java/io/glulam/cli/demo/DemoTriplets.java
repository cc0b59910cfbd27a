package io.glulam.cli.demo;

import io.glulam.codec.JvmCodecs;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.EncodedPage;
import io.glulam.page.HybridEncoder;
import io.glulam.page.PageCounts;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the triplets of one column in a row group. Not thread-safe. */
final class DemoTriplets {
    private static final PageForm UNCOMPRESSED = new PageForm(CompressionCodec.UNCOMPRESSED, 0, 1, false, false, false);

    private final Leaf leaf;
    private final PageEncoder encoder;
    private final ByteArrayBuilder values = new ByteArrayBuilder(1 << 16);
    private int[] repetition = new int[1 << 12];
    private int[] definition = new int[1 << 12];
    private int count;
    private int rows;
    private int nulls;

    DemoTriplets(Leaf leaf) {
        this.leaf = leaf;
        this.encoder = new PageEncoder(leaf, UNCOMPRESSED.newCodec(JvmCodecs.INSTANCE), UNCOMPRESSED);
    }

    /** Adds a value that begins a row. */
    void add(byte[] value) {
        add(0, value);
    }

    /** Adds a value; {@code value} is PLAIN, a BYTE_ARRAY without its length. */
    void add(int repetitionLevel, byte[] value) {
        addLevels(repetitionLevel, leaf.maxDefinitionLevel());
        if (leaf.type() == PhysicalType.BYTE_ARRAY) {
            values.appendInt(value.length);
        }
        values.append(value, 0, value.length);
    }

    /** Adds a row without a value. */
    void addMissing(int definitionLevel) {
        addLevels(0, definitionLevel);
        nulls++;
    }

    private void addLevels(int repetitionLevel, int definitionLevel) {
        if (count == definition.length) {
            repetition = Arrays.copyOf(repetition, 2 * count);
            definition = Arrays.copyOf(definition, 2 * count);
        }
        repetition[count] = repetitionLevel;
        definition[count++] = definitionLevel;
        rows += repetitionLevel == 0 ? 1 : 0;
    }

    /** Returns what was added as one PLAIN page, and begins again. */
    PageStream take() {
        EncodedPage page = encoder.dataPage(
                Encoding.PLAIN.value(),
                new PageCounts(count, rows, nulls),
                levels(repetition, leaf.maxRepetitionLevel()),
                levels(definition, leaf.maxDefinitionLevel()),
                values);
        values.clear();
        count = 0;
        rows = 0;
        nulls = 0;
        return new OnePage(page);
    }

    private ByteArrayBuilder levels(int[] levels, int max) {
        ByteArrayBuilder encoded = new ByteArrayBuilder(0);
        if (max > 0) {
            HybridEncoder.encode(levels, 0, count, BitWidth.of(max), encoded);
        }
        return encoded;
    }

    private static final class OnePage implements PageStream {
        private @Nullable EncodedPage page;

        OnePage(EncodedPage page) {
            this.page = page;
        }

        @Override
        public @Nullable Page next() {
            EncodedPage next = page;
            page = null;
            return next == null
                    ? null
                    : new Page(
                            next.header(),
                            next.bytes(),
                            next.headerLength(),
                            next.header().uncompressedSize(),
                            0);
        }

        @Override
        public void close() {}
    }
}

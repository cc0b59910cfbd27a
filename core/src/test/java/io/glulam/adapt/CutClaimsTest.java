package io.glulam.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.codec.JvmCodecs;
import io.glulam.footer.FooterReader;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.local.LocalFileReader;
import io.glulam.page.PageHeader;
import io.glulam.recode.RowRemover;
import io.glulam.source.SourceFile;
import io.glulam.statistics.PageSummary;
import io.glulam.storage.RangeReader;
import io.glulam.testkit.generate.DuckDbFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Statistics of a chunk without some of its rows, by what the source states, true or not. Row {@code i} of ten holds
 * {@code i}; in the second column null in rows 0 and 1, in the third NaN in row 9; in the fourth a text of {@code i} letters.
 */
@Tag("once")
class CutClaimsTest {
    private static final int NUMBERS = 0;
    private static final int NULLABLE = 1;
    private static final int FLOATS = 2;
    private static final int TEXTS = 3;
    private static final long[] NONE = {};

    @TempDir
    static Path folder;

    private static RangeReader reader;
    private static SourceFile file;

    @BeforeAll
    static void write() throws IOException {
        Path path = DuckDbFiles.write(
                "SELECT i::INT AS n, CASE WHEN i > 1 THEN i::INT END AS o,"
                        + " CASE WHEN i = 9 THEN 'nan'::DOUBLE ELSE i::DOUBLE END AS x, repeat('x', i::INT) AS t"
                        + " FROM range(10) t(i)",
                2048,
                "COMPRESSION uncompressed",
                folder.resolve("a.parquet"));
        reader = LocalFileReader.open(path);
        file = SourceFile.of(reader, FooterReader.read(reader, 1 << 20), 1 << 20, JvmCodecs.INSTANCE);
    }

    @AfterAll
    static void close() {
        reader.close();
    }

    private static SourceColumn source(int column, @Nullable Statistics stated, @Nullable SizeStatistics sizes) {
        Leaf leaf = file.footer().schema().leaves().get(column);
        ColumnChunk chunk = file.footer().chunk(0, column);
        ColumnChunk told = new ColumnChunk(
                chunk.type(),
                chunk.encodings(),
                chunk.codec(),
                chunk.valueCount(),
                chunk.uncompressedSize(),
                chunk.compressedSize(),
                chunk.pages(),
                stated,
                chunk.encodingStats(),
                sizes,
                null,
                null,
                ColumnChunk.Tail.NONE);
        return new SourceColumn(file, 0, leaf, told, 10);
    }

    /** Has decoded all rows, without those of the list {@code 0 3}. */
    private static RowRemover remover(SourceColumn source, String gone) {
        BitSet removed = new BitSet();
        for (String row : gone.isEmpty() ? new String[0] : gone.split(" ")) {
            removed.set(Integer.parseInt(row));
        }
        RowRemover remover = new RowRemover(source.leaf(), false, removed, (page, startsRow) -> {});
        remover.cut(source.batches(), new RowRemover.PageEncoding(1, Encoding.PLAIN, 0), 0);
        return remover;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] floating(double value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array();
    }

    private static Statistics stated(long nulls, byte @Nullable [] min, byte @Nullable [] max, boolean exact) {
        return new Statistics(null, null, nulls, 4, max, min, exact, exact, 0);
    }

    @ParameterizedTest
    @CsvSource({
        // Bounds that only rows which stay hold, or that no row holds.
        "0, 9, '5', true",
        "0, 9, '', true",
        "-5, 20, '0 9', true",
        // The row with the least or the greatest value goes.
        "0, 9, '0', false",
        "0, 9, '9', false",
        "0, 20, '9', true",
        "-5, 9, '0 9', false",
        // Bounds that leave values out.
        "3, 9, '1', false",
        "3, 9, '3', false",
        "0, 5, '8', false",
        "9, 0, '5', false",
    })
    void boundsHoldIfARowThatIsLeftHoldsThem(int min, int max, String gone, boolean hold) {
        SourceColumn source = source(NUMBERS, stated(0, number(min), number(max), true), null);
        assertThat(new CutClaims(source).boundsHold(remover(source, gone))).isEqualTo(hold);
    }

    @Test
    void anotherRowWithTheSameValueHoldsABound() {
        // Both zeros of a floating-point order count as one, but not as one bound.
        SourceColumn source = source(FLOATS, stated(0, floating(-0.0), floating(8), true), null);
        assertThat(new CutClaims(source).boundsHold(remover(source, "0"))).isFalse();
        SourceColumn nullable = source(NULLABLE, stated(2, number(2), number(9), true), null);
        assertThat(new CutClaims(nullable).boundsHold(remover(nullable, "0 1")))
                .as("only nulls go")
                .isTrue();
        assertThat(new CutClaims(nullable).boundsHold(remover(nullable, "0 2"))).isFalse();
    }

    @Test
    void aNaNThatGoesSaysNothingOfBounds() {
        SourceColumn source = source(FLOATS, stated(0, floating(0), floating(8), true), null);
        assertThat(new CutClaims(source).boundsHold(remover(source, "9"))).isFalse();
        assertThat(new CutClaims(source).boundsHold(remover(source, "5"))).isTrue();
    }

    @Test
    void whereNoBoundsAreStatedNoneHaveToBeFound() {
        for (Statistics stated : new Statistics[] {
            null,
            stated(0, null, null, false),
            stated(0, number(0), null, true),
            stated(0, null, number(9), true),
            new Statistics(number(9), number(0), 0, -1, null, null, null, null, -1)
        }) {
            SourceColumn source = source(NUMBERS, stated, null);
            CutClaims claims = new CutClaims(source);
            RowRemover remover = remover(source, "0");
            assertThat(claims.boundsHold(remover)).isTrue();
            Statistics left = claims.statistics(remover, false);
            assertThat(left.minValue()).isNull();
            assertThat(left.maxValue()).isNull();
            assertThat(left.min()).as("deprecated").isNull();
            assertThat(left.nullCount()).isEqualTo(stated == null ? -1 : 0);
        }
    }

    @Test
    void boundsAreThoseThatWereStatedOrFound() {
        SourceColumn source = source(NUMBERS, stated(0, number(-5), number(9), true), null);
        RowRemover remover = remover(source, "0 9");

        Statistics kept = new CutClaims(source).statistics(remover, false);
        assertThat(kept.minValue()).isEqualTo(number(-5));
        assertThat(kept.maxValue()).isEqualTo(number(9));
        Statistics found = new CutClaims(source).statistics(remover, true);
        assertThat(found.minValue()).isEqualTo(number(1));
        assertThat(found.maxValue()).isEqualTo(number(8));
        assertThat(found.minExact()).isTrue();
        assertThat(found.maxExact()).isTrue();
        for (Statistics left : new Statistics[] {kept, found}) {
            assertThat(left.distinctCount()).as("of other rows").isEqualTo(-1);
            assertThat(left.nanCount()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, '', 2", "2, '0', 1", "2, '0 1 5', 0", "7, '0', 6", "-1, '0', -1", "1, '0 1', -1", "0, '0 1', -1"})
    void nullsAreTheStatedOnesLessThoseThatGo(long stated, String gone, long left) {
        SourceColumn source = source(NULLABLE, stated(stated, null, null, false), null);
        assertThat(new CutClaims(source)
                        .statistics(remover(source, gone), false)
                        .nullCount())
                .isEqualTo(left);
    }

    @Test
    void levelsAndBytesAreTheStatedOnesLessThoseThatGo() {
        SizeStatistics stated = new SizeStatistics(45, new long[] {10}, new long[] {0, 10});
        assertSizes(stated, "3 9", new SizeStatistics(33, new long[] {8}, new long[] {0, 8}));
        assertSizes(stated, "", stated);
        assertSizes(new SizeStatistics(-1, NONE, NONE), "3", new SizeStatistics(-1, NONE, NONE));
        assertSizes(
                new SizeStatistics(45, NONE, new long[] {0, 10}), "3", new SizeStatistics(42, NONE, new long[] {0, 9}));
        // More goes than was there, or of other levels.
        assertSizes(new SizeStatistics(8, NONE, NONE), "9", null);
        assertSizes(new SizeStatistics(45, NONE, new long[] {10, 0}), "9", null);
        assertSizes(new SizeStatistics(45, NONE, new long[] {0, 0, 10}), "9", null);
        assertSizes(new SizeStatistics(45, new long[] {5, 5}, NONE), "9", null);
        assertSizes(null, "9", null);
    }

    private static void assertSizes(@Nullable SizeStatistics stated, String gone, @Nullable SizeStatistics expected) {
        SourceColumn source = source(TEXTS, null, stated);
        SizeStatistics left = new CutClaims(source).sizes(remover(source, gone));
        if (expected == null || left == null) {
            assertThat(left).isEqualTo(expected);
            return;
        }
        assertThat(left.unencodedByteArrayBytes()).isEqualTo(expected.unencodedByteArrayBytes());
        assertThat(left.repetitionLevels()).isEqualTo(expected.repetitionLevels());
        assertThat(left.definitionLevels()).isEqualTo(expected.definitionLevels());
    }

    @Test
    void withoutAColumnIndexAPageThatMovesHasNoClaims() {
        CutClaims claims = new CutClaims(source(NUMBERS, null, null));
        PageSummary moved = claims.moved(PageHeader.dataPage(40, 40, 10, Encoding.PLAIN.value()));
        assertThat(moved.valueCount()).isEqualTo(10);
        assertThat(moved.nullCount()).isEqualTo(-1);
        assertThat(moved.allNull()).isNull();
        assertThat(moved.min()).isNull();
        assertThat(moved.max()).isNull();
        assertThat(claims.indexHolds()).isFalse();
    }
}

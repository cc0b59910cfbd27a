package io.glulam.footer;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.ColumnChunk;
import io.glulam.testkit.generate.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class GeneratedFooterTest {
    private final FooterSink sink = new FooterSink();

    static LongStream seeds() {
        return Seeds.stream(100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatTheOracleWrote(long seed) {
        FileMetaData oracle = new FooterGenerator(seed).next();
        FooterComparison.assertSame(parse(OracleFooters.write(oracle)), oracle);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void footersThatAreReadOneAfterTheOtherAreReadAsEachByItself(long seed) {
        FileMetaData one = new FooterGenerator(seed).next();
        FileMetaData other = new FooterGenerator(seed + 1).next();
        FileMetaData undeclared = one.deepCopy();
        undeclared.unsetColumn_orders();
        KnownSchema schemas = new KnownSchema();
        for (FileMetaData oracle : List.of(one, one, undeclared, one, other, one)) {
            FooterBytes bytes = FooterBytes.of(OracleFooters.write(oracle));
            FooterComparison.assertSame(Footer.parse(bytes, FooterGenerator.OFFSET, schemas), oracle);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shiftsOffsetsAndKeepsEveryOtherField(long seed) {
        FileMetaData oracle = new FooterGenerator(seed).next();
        Footer source = parse(OracleFooters.write(oracle));
        Relocation relocation = new Relocation(source, 1 + new Random(seed).nextInt(1 << 30));
        byte[] written = relocation.write();
        assertThat(OracleFooters.read(written)).isEqualTo(relocation.expected(oracle));
        assertThat(relocation.writer().droppedFields()).isEmpty();
        FooterComparison.assertSame(Footer.parse(written, 5 * FooterGenerator.OFFSET), OracleFooters.read(written));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void writesTheSameBytesIfNothingMoves(long seed) {
        byte[] bytes = OracleFooters.write(new FooterGenerator(seed).next());
        assertThat(new Relocation(parse(bytes), 0).write()).isEqualTo(bytes);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void writesMergedRowGroupsThatReadBackAsTheyWereGiven(long seed) {
        FileMetaData oracle = new FooterGenerator(seed).next();
        Footer source = parse(OracleFooters.write(oracle));
        FooterWriter writer = new FooterWriter(source, source.rowGroupCount(), false, sink);
        for (int i = 0; i < source.rowGroupCount(); i++) {
            writer.merge(source.rows(i), chunks(source, i).iterator(), source.sortingColumns(i));
        }
        writer.finish();
        byte[] written = sink.footer();
        Footer merged = parse(written);
        FooterComparison.assertSame(merged, OracleFooters.read(written));
        for (int i = 0; i < source.rowGroupCount(); i++) {
            assertThat(chunks(merged, i)).usingRecursiveComparison().isEqualTo(chunks(source, i));
            RowGroup rowGroup = OracleFooters.read(written).getRow_groups().get(i);
            assertThat(rowGroup.getTotal_byte_size()).isEqualTo(source.uncompressedSize(i));
            assertThat(rowGroup.getTotal_compressed_size()).isEqualTo(source.compressedSize(i));
            assertThat(rowGroup.getFile_offset()).isEqualTo(source.start(i));
            assertThat(rowGroup.isSetOrdinal()).isEqualTo(source.ordinal(i) >= 0);
            assertThat(merged.sortingColumns(i)).isEqualTo(source.sortingColumns(i));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void carriesSchemaOrdersMetadataAndWriterByteForByte(long seed) {
        Footer source = parse(OracleFooters.write(new FooterGenerator(seed).next()));
        Footer written = Footer.parse(new Relocation(source, 77).write(), 5 * FooterGenerator.OFFSET);
        assertThat(bytes(written, written.schemaSpan())).isEqualTo(bytes(source, source.schemaSpan()));
        assertThat(bytes(written, written.columnOrdersSpan())).isEqualTo(bytes(source, source.columnOrdersSpan()));
        assertThat(bytes(written, written.keyValueMetadataSpan()))
                .isEqualTo(bytes(source, source.keyValueMetadataSpan()));
    }

    private static Footer parse(byte[] bytes) {
        return Footer.parse(bytes, FooterGenerator.OFFSET);
    }

    private static List<ColumnChunk> chunks(Footer footer, int rowGroup) {
        return IntStream.range(0, footer.schema().leaves().size())
                .mapToObj(leaf -> footer.chunk(rowGroup, leaf))
                .toList();
    }

    private static byte[] bytes(Footer footer, ByteSpan span) {
        return span == null ? null : footer.bytes().range(span);
    }
}

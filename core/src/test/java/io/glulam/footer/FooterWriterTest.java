package io.glulam.footer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FooterWriterTest {
    private final FooterSink sink = new FooterSink();
    private static final ChunkMove BY_EIGHT = new ChunkMove(8, 0, 0, 0, 0, 0);

    private static Consumer<ThriftWriter> ordinal(int value) {
        return out -> {
            out.field(7, ThriftReader.I16);
            out.writeI32(value);
        };
    }

    @Test
    void keepsUnusualFormsOfHeadersAndNumbersByteForByte() {
        Consumer<ThriftWriter> longForms = out -> {
            // The field's id in full, and 0 as a number of three bytes.
            out.writeByte(ThriftReader.I64);
            out.writeI32(11);
            out.writeRaw(new byte[] {(byte) 0x80, (byte) 0x80, 0}, 0, 3);
        };
        Footer source = new HandmadeFooter().inMetaData(longForms).parse();
        assertThat(new Relocation(source, 0).write()).isEqualTo(FooterComparison.bytes(source));
        Footer moved = Footer.parse(new Relocation(source, 9).write(), HandmadeFooter.OFFSET);
        assertThat(moved.chunk(0, 0).dictionaryPageOffset()).isZero();
        assertThat(moved.chunk(0, 0).dataPageOffset()).isEqualTo(109);
    }

    @Test
    void neverShiftsAnAbsentOffset() {
        Footer source = new HandmadeFooter()
                .inMetaData(out -> out.i64Field(11, 0))
                .inRowGroup(out -> out.i64Field(5, 0))
                .parse();
        Footer moved = Footer.parse(new Relocation(source, 1000).write(), HandmadeFooter.OFFSET);
        assertThat(moved.chunk(0, 0).dictionaryPageOffset()).isZero();
        assertThat(OracleFooters.read(FooterComparison.bytes(moved))
                        .getRow_groups()
                        .get(0)
                        .getFile_offset())
                .isZero();
    }

    @Test
    void renumbersOrdinals() {
        Footer source = new HandmadeFooter().rowGroups(3).inRowGroup(ordinal(7)).parse();
        Footer written = Footer.parse(new Relocation(source, 0).write(), HandmadeFooter.OFFSET);
        assertThat(List.of(written.ordinal(0), written.ordinal(1), written.ordinal(2)))
                .containsExactly(0, 1, 2);
    }

    @Test
    void leavesOrdinalsOutIfTheyDoNotFit() {
        int count = Short.MAX_VALUE + 2;
        Footer source =
                new HandmadeFooter().rowGroups(count).inRowGroup(ordinal(0)).parse();
        Footer written = Footer.parse(new Relocation(source, 0).write(), HandmadeFooter.OFFSET);
        assertThat(written.rowGroupCount()).isEqualTo(count);
        assertThat(written.ordinal(0)).isEqualTo(-1);
        assertThat(written.ordinal(count - 1)).isEqualTo(-1);
    }

    @Test
    void removesIndexesAndBloomFiltersThatAreNotCarriedAlong() {
        Footer source = new HandmadeFooter()
                .inMetaData(out -> {
                    out.i64Field(14, 500);
                    out.i32Field(15, 32);
                })
                .inChunk(out -> {
                    out.i64Field(4, 600);
                    out.i32Field(5, 10);
                    out.i64Field(6, 700);
                    out.i32Field(7, 11);
                })
                .parse();
        FooterWriter writer = new FooterWriter(source, 1, false, sink);
        writer.keep(0, List.of(new ChunkMove(0, 0, 0, 0, 0, 0)));
        writer.finish();
        assertThat(sink.footer()).isEqualTo(new HandmadeFooter().write());
    }

    @Test
    void refusesToAddWhatTheSourceDoesNotHave() {
        FooterWriter writer = new FooterWriter(new HandmadeFooter().parse(), 1, false, sink);
        assertThatThrownBy(() -> writer.keep(0, List.of(new ChunkMove(0, 0, 500, 10, 0, 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("offset index");
    }

    @Test
    void leavesOutAnIndexPageOffsetThatCannotBeTrue() {
        Footer source =
                new HandmadeFooter().inMetaData(out -> out.i64Field(10, 3)).parse();
        FooterWriter writer = new FooterWriter(source, 1, false, sink);
        writer.keep(0, List.of(new ChunkMove(-90, 0, 0, 0, 0, 0)));
        writer.finish();
        assertThat(OracleFooters.read(sink.footer())
                        .getRow_groups()
                        .get(0)
                        .getColumns()
                        .get(0)
                        .getMeta_data()
                        .getIndex_page_offset())
                .isZero();
    }

    @Test
    void refusesToMoveAnOffsetThatCannotBeTrue() {
        Footer source =
                new HandmadeFooter().inMetaData(out -> out.i64Field(11, 5)).parse();
        FooterWriter writer = new FooterWriter(source, 1, false, sink);
        assertThatThrownBy(() -> writer.keep(0, List.of(new ChunkMove(-90, 0, 0, 0, 0, 0))))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("FileMetaData.row_groups[0].columns[0].meta_data.dictionary_page_offset is 5");
    }

    @Test
    void endsWithLengthAndMagic() {
        FooterWriter writer = new FooterWriter(new HandmadeFooter().parse(), 1, false, sink);
        writer.keep(0, List.of(BY_EIGHT));
        writer.finish();
        byte[] bytes = sink.bytes();
        int length = bytes.length;
        assertThat(new String(bytes, length - 4, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
        assertThat(Integer.reverseBytes(ByteBuffer.wrap(bytes).getInt(length - 8)))
                .isEqualTo(length - 8);
    }

    @Test
    void losesNoRowGroupAndNoRow() {
        Footer source = new HandmadeFooter().rowGroups(2).parse();
        FooterWriter tooFew = new FooterWriter(source, 2, false, sink);
        tooFew.keep(0, List.of(BY_EIGHT));
        assertThatThrownBy(tooFew::finish).isInstanceOf(IllegalStateException.class);
        FooterWriter lostRows = new FooterWriter(source, 1, false, sink);
        lostRows.merge(19, List.of(source.chunk(0, 0)).iterator(), List.of());
        assertThatThrownBy(lostRows::finish).isInstanceOf(IllegalStateException.class);
    }
}

package io.glulam.footer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Fields that this version has never heard of might hold offsets. */
class UnknownFieldTest {
    private final FooterSink sink = new FooterSink();
    private static final Consumer<ThriftWriter> FIELD_99 = out -> out.binaryField(99, new byte[] {1, 2, 3});
    private static final String ROW_GROUP = "FileMetaData.row_groups[].99";
    private static final String CHUNK = "FileMetaData.row_groups[].columns[].99";
    private static final String META_DATA = "FileMetaData.row_groups[].columns[].meta_data.99";

    private final HandmadeFooter handmade =
            new HandmadeFooter().inRowGroup(FIELD_99).inChunk(FIELD_99).inMetaData(FIELD_99);

    @Test
    void surviveWhereNothingMoves() {
        Footer source = handmade.parse();
        Relocation relocation = new Relocation(source, 0);
        assertThat(relocation.write()).isEqualTo(FooterComparison.bytes(source));
        assertThat(relocation.writer().droppedFields()).isEmpty();
    }

    @Test
    void areDroppedWithAReasonWhereTheRowGroupMoves() {
        Relocation relocation = new Relocation(handmade.parse(), 8);
        Footer written = Footer.parse(relocation.write(), HandmadeFooter.OFFSET);
        assertThat(written.unknownFields()).isEmpty();
        assertThat(written.chunk(0, 0).dataPageOffset()).isEqualTo(108);
        assertThat(relocation.writer().droppedFields())
                .extracting(DroppedField::thriftPath)
                .containsExactly(META_DATA, CHUNK, ROW_GROUP);
    }

    @Test
    void areReportedOnceHoweverManyRowGroupsHaveThem() {
        Relocation relocation = new Relocation(handmade.rowGroups(50).parse(), 8);
        relocation.write();
        assertThat(relocation.writer().droppedFields())
                .extracting(DroppedField::thriftPath)
                .containsExactly("FileMetaData.num_rows", META_DATA, CHUNK, ROW_GROUP);
    }

    @Test
    void areDroppedWhereRowGroupsAreMerged() {
        Footer source = handmade.parse();
        FooterWriter writer = new FooterWriter(source, 1, false, sink);
        writer.merge(10, List.of(source.chunk(0, 0)).iterator(), List.of());
        writer.finish();
        assertThat(writer.droppedFields())
                .extracting(DroppedField::thriftPath)
                .containsExactlyInAnyOrder(META_DATA, CHUNK, ROW_GROUP);
    }

    @Test
    void areRefusedIfStrict() {
        Footer source = handmade.parse();
        FooterWriter writer = new FooterWriter(source, 1, true, sink);
        assertThatThrownBy(() -> writer.keep(0, new Relocation(source, 8).moves(0)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(META_DATA);
    }

    @Test
    void includeKnownIdsWithTypesOfTheirOwn() {
        Consumer<ThriftWriter> listAsBloomFilterLength = out -> {
            out.field(15, ThriftReader.LIST);
            out.listHeader(ThriftReader.I32, 0);
        };
        Footer source = new HandmadeFooter().inMetaData(listAsBloomFilterLength).parse();
        assertThat(source.unknownFields()).containsExactly("FileMetaData.row_groups[].columns[].meta_data.15");
        assertThat(source.chunk(0, 0).bloomFilterLength()).isEqualTo(-1);
        assertThat(new Relocation(source, 0).write()).isEqualTo(FooterComparison.bytes(source));
    }

    @Test
    void ofTheFileAreAlwaysDropped() {
        Footer source = new HandmadeFooter()
                .inFile(out -> out.binaryField(32767, new byte[100]))
                .parse();
        FooterWriter writer = new FooterWriter(source, 1, false, sink);
        writer.keep(0, new Relocation(source, 0).moves(0));
        writer.finish();
        byte[] written = sink.footer();
        assertThat(written).isEqualTo(new HandmadeFooter().write());
        assertThat(writer.droppedFields()).extracting(DroppedField::thriftPath).containsExactly("FileMetaData.32767");
        assertThatThrownBy(() -> new FooterWriter(source, 1, true, sink)).isInstanceOf(Unsupported.class);
    }
}

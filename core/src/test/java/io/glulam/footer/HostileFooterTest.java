package io.glulam.footer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.format.ColumnChunk;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.junit.jupiter.api.Test;

class HostileFooterTest {
    private static void assertCorrupt(HandmadeFooter footer, String message) {
        assertThatThrownBy(footer::parse).isInstanceOf(CorruptFile.class).hasMessageContaining(message);
    }

    @Test
    void refusesTwoThousandMillionRowGroupsInAHundredBytes() {
        assertCorrupt(
                new HandmadeFooter().schema(out -> {
                    out.listHeader(ThriftReader.STRUCT, 1);
                    HandmadeFooter.group(out, "root", 0, -1);
                    out.i64Field(3, 0);
                    out.field(4, ThriftReader.LIST);
                    out.listHeader(ThriftReader.STRUCT, Integer.MAX_VALUE);
                }),
                "a list of 2147483647 elements");
    }

    @Test
    void refusesAVarintThatNeverEnds() {
        byte[] endless = new byte[1000];
        Arrays.fill(endless, (byte) 0xff);
        endless[0] = 0x15;
        assertThatThrownBy(() -> Footer.parse(endless, 5000))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("varint");
    }

    @Test
    void refusesASchemaNestedADeepHundredThousand() {
        int depth = 100_000;
        Consumer<ThriftWriter> deep = out -> {
            out.listHeader(ThriftReader.STRUCT, depth + 1);
            for (int i = 0; i < depth; i++) {
                HandmadeFooter.group(out, "g", 1, i == 0 ? -1 : 0);
            }
            HandmadeFooter.leaf(out, "a", 1, 0);
        };
        assertThatThrownBy(() -> new HandmadeFooter().schema(deep).parse())
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("nested more than 400 deep");
    }

    @Test
    void refusesASchemaWhosePathsWouldFillTheMemory() {
        int depth = 300;
        int leaves = 100_000;
        Consumer<ThriftWriter> broad = out -> {
            out.listHeader(ThriftReader.STRUCT, depth + leaves);
            for (int i = 0; i < depth; i++) {
                HandmadeFooter.group(out, "g", i == depth - 1 ? leaves : 1, i == 0 ? -1 : 0);
            }
            for (int i = 0; i < leaves; i++) {
                HandmadeFooter.leaf(out, "a", 1, 0);
            }
        };
        assertThatThrownBy(() -> new HandmadeFooter().schema(broad).parse())
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("leaf paths");
    }

    @Test
    void refusesUnknownFieldsNestedWithoutEnd() {
        assertCorrupt(
                new HandmadeFooter().inFile(out -> {
                    out.field(20, ThriftReader.STRUCT);
                    for (int i = 0; i < 10_000; i++) {
                        out.enterStruct();
                        out.field(1, ThriftReader.STRUCT);
                    }
                }),
                "nested more than");
    }

    @Test
    void refusesATreeThatItsElementsDoNotMake() {
        assertCorrupt(
                new HandmadeFooter().schema(out -> {
                    out.listHeader(ThriftReader.STRUCT, 2);
                    HandmadeFooter.group(out, "root", 2, -1);
                    HandmadeFooter.leaf(out, "a", 1, 0);
                }),
                "FileMetaData.schema[0] has num_children 2, but only 1 elements follow");
        assertCorrupt(
                new HandmadeFooter().schema(out -> {
                    out.listHeader(ThriftReader.STRUCT, 3);
                    HandmadeFooter.group(out, "root", 1, -1);
                    HandmadeFooter.leaf(out, "a", 1, 0);
                    HandmadeFooter.leaf(out, "b", 1, 0);
                }),
                "FileMetaData.schema[2] is left over");
        assertCorrupt(
                new HandmadeFooter().schema(out -> out.listHeader(ThriftReader.STRUCT, 0)),
                "FileMetaData.schema ends after 0 elements");
    }

    @Test
    void namesTheRequiredFieldThatIsMissing() {
        FileMetaData footer = new FooterGenerator(4).next();
        assertThat(footer.getRow_groupsSize()).isGreaterThan(1);
        RowGroup second = footer.getRow_groups().get(1);
        ColumnMetaData metaData = second.getColumns().get(0).getMeta_data();
        byte[] bytes = OracleFooters.write(footer);
        Footer sound = Footer.parse(bytes, FooterGenerator.OFFSET);
        assertThat(sound.rowGroupCount()).isGreaterThan(1);
        second.getColumns().get(0).unsetMeta_data();
        assertThatThrownBy(() -> Footer.parse(OracleFooters.write(footer), FooterGenerator.OFFSET))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("FileMetaData.row_groups[1].columns[0].meta_data is missing");
        assertThat(metaData).isNotNull();
    }

    @Test
    void refusesAFieldThatOccursTwice() {
        assertCorrupt(
                new HandmadeFooter().inMetaData(out -> {
                    out.i64Field(9, 200);
                }),
                "FileMetaData.row_groups[0].columns[0].meta_data.data_page_offset occurs twice");
    }

    /** Readers by Thrift read what the specification says, whatever the header of a list states, and go on elsewhere. */
    @Test
    void refusesListsThatStateElementsOfAnotherForm() {
        assertCorrupt(
                new HandmadeFooter().inMetaData(out -> listOfBytes(out, 13)), "list elements are of Thrift type 3");
        assertCorrupt(
                new HandmadeFooter().inMetaData(out -> {
                    out.field(16, ThriftReader.STRUCT);
                    int sizes = out.enterStruct();
                    listOfBytes(out, 3);
                    out.leaveStruct(sizes);
                }),
                "list elements are of Thrift type 3");
        assertCorrupt(
                new HandmadeFooter().inRowGroup(out -> listOfBytes(out, 4)), "list elements are of Thrift type 3");
    }

    private static void listOfBytes(ThriftWriter out, int field) {
        out.field(field, ThriftReader.LIST);
        out.listHeader(ThriftReader.BYTE, 1);
        out.writeByte(7);
    }

    /** As the reference implementation does: the header's number is of another size, its bytes are the same. */
    @Test
    void readsNumbersWhoseListStatesAnotherSize() {
        Footer footer = new HandmadeFooter()
                .inMetaData(out -> {
                    out.field(16, ThriftReader.STRUCT);
                    int sizes = out.enterStruct();
                    out.field(3, ThriftReader.LIST);
                    out.listHeader(ThriftReader.I32, 2);
                    out.writeI64(3);
                    out.writeI64(1L << 40);
                    out.leaveStruct(sizes);
                })
                .parse();
        assertThat(footer.chunk(0, 0).sizeStatistics().definitionLevels()).containsExactly(3, 1L << 40);
    }

    @Test
    void fieldIdsHaveSixteenBitsAsThriftsReadersHaveThem() {
        Footer footer = new HandmadeFooter()
                .inFile(out -> {
                    out.field(Short.MAX_VALUE, ThriftReader.TRUE);
                    out.field(Short.MAX_VALUE + 1, ThriftReader.TRUE);
                })
                .parse();
        assertThat(footer.unknownFields()).containsExactlyInAnyOrder("FileMetaData.32767", "FileMetaData.-32768");
    }

    @Test
    void refusesRangesOutsideOfTheFile() {
        long footer = HandmadeFooter.OFFSET;
        assertCorrupt(new HandmadeFooter().compressedSize(footer + 1_000), "but the file ends at");
        assertCorrupt(new HandmadeFooter().compressedSize(Long.MAX_VALUE), "total_compressed_size is");
        assertCorrupt(new HandmadeFooter().compressedSize(-1), "is -1");
        assertCorrupt(new HandmadeFooter().dataPageOffset(footer + 1), "data_page_offset is");
        assertCorrupt(new HandmadeFooter().dataPageOffset(3), "data_page_offset is 3");
        assertCorrupt(new HandmadeFooter().rows(-1), "num_rows is -1");
        assertCorrupt(
                new HandmadeFooter().inMetaData(out -> out.i64Field(11, footer + 1)), "dictionary_page_offset is");
    }

    @Test
    void marksIndexesAndFiltersThatLieOutsideOfTheFilesData() {
        long footer = HandmadeFooter.OFFSET;
        for (long offset : new long[] {3, footer - 5, Long.MAX_VALUE, -7}) {
            assertThat(new HandmadeFooter()
                            .inChunk(out -> index(out, 4, offset))
                            .parse()
                            .chunk(0, 0)
                            .offsetIndexOffset())
                    .isEqualTo(ColumnChunk.UNUSABLE);
            assertThat(new HandmadeFooter()
                            .inChunk(out -> index(out, 6, offset))
                            .parse()
                            .chunk(0, 0)
                            .columnIndexOffset())
                    .isEqualTo(ColumnChunk.UNUSABLE);
            assertThat(new HandmadeFooter()
                            .inMetaData(out -> index(out, 14, offset))
                            .parse()
                            .chunk(0, 0)
                            .bloomFilterOffset())
                    .isEqualTo(ColumnChunk.UNUSABLE);
        }
    }

    @Test
    void marksAnIndexWithoutLength() {
        Footer footer = new HandmadeFooter()
                .inChunk(out -> {
                    out.i64Field(4, 50);
                    out.i32Field(5, -6);
                    out.i64Field(6, 60);
                })
                .parse();
        assertThat(footer.chunk(0, 0).offsetIndexOffset()).isEqualTo(ColumnChunk.UNUSABLE);
        assertThat(footer.chunk(0, 0).columnIndexOffset()).isEqualTo(ColumnChunk.UNUSABLE);
    }

    @Test
    void aSizeThatReachesIntoTheFooterIsTooLargeButNoReasonToRefuse() {
        assertThat(new HandmadeFooter()
                        .compressedSize(HandmadeFooter.OFFSET - 99)
                        .parse()
                        .end(0))
                .isEqualTo(HandmadeFooter.OFFSET + 1);
    }

    private static void index(ThriftWriter out, int offsetField, long offset) {
        out.i64Field(offsetField, offset);
        out.i32Field(offsetField + 1, 6);
    }

    @Test
    void toleratesLiesAboutWhereTheFirstDataPageIs() {
        Footer footer = new HandmadeFooter()
                .dataPageOffset(130)
                .inMetaData(out -> out.i64Field(11, 100))
                .parse();
        assertThat(footer.start(0)).isEqualTo(100);
        assertThat(footer.end(0)).isEqualTo(150);
    }

    @Test
    void refusesSumsThatOverflow() {
        assertCorrupt(new HandmadeFooter().rowGroups(3).rows(Long.MAX_VALUE / 2), "num_rows sum to more than 2^63");
    }

    @Test
    void refusesEncryptedAndExternalData() {
        assertThatThrownBy(() -> new HandmadeFooter()
                        .inFile(out -> {
                            out.field(8, ThriftReader.STRUCT);
                            out.leaveStruct(out.enterStruct());
                        })
                        .parse())
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("encrypted");
        assertThatThrownBy(() -> new HandmadeFooter()
                        .inChunk(out -> {
                            out.field(8, ThriftReader.STRUCT);
                            out.leaveStruct(out.enterStruct());
                        })
                        .parse())
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("encrypted");
        assertThatThrownBy(() -> new HandmadeFooter()
                        .inChunk(out -> out.binaryField(1, new byte[] {'x'}))
                        .parse())
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("file_path");
    }

    @Test
    void refusesEveryPrefixOfAFooter() {
        byte[] bytes = OracleFooters.write(new FooterGenerator(9).next());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Footer.parse(cut, FooterGenerator.OFFSET)).isInstanceOf(GlulamException.class);
        }
    }
}

package io.glulam.footer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.junit.jupiter.api.Test;

/** The table that reader and writer go by, against the Thrift definition. */
class FooterStructTest {
    private static final Map<FooterStruct, Class<?>> DEFINED = Map.of(
            FooterStruct.FILE_META_DATA, FileMetaData.class,
            FooterStruct.ROW_GROUP, RowGroup.class,
            FooterStruct.COLUMN_CHUNK, ColumnChunk.class,
            FooterStruct.COLUMN_META_DATA, ColumnMetaData.class);

    @Test
    void classifiesEveryFieldOfTheThriftDefinition() throws ReflectiveOperationException {
        for (FooterStruct struct : FooterStruct.values()) {
            Map<Integer, String> defined = new TreeMap<>();
            Map<?, ?> metaData =
                    (Map<?, ?>) DEFINED.get(struct).getField("metaDataMap").get(null);
            for (Map.Entry<?, ?> entry : metaData.entrySet()) {
                defined.put(id(entry.getKey()), describe(entry.getValue()));
            }
            Map<Integer, String> classified = new TreeMap<>();
            for (FooterStruct.Field field : struct.fields()) {
                assertThat(field.treatment()).isNotNull();
                classified.put(field.id(), field.name() + " " + field.required() + " " + field.type());
            }
            // Required by nobody but us: without it, a column chunk is in another file or encrypted.
            defined.computeIfPresent(
                    3, (id, text) -> struct == FooterStruct.COLUMN_CHUNK ? text.replace("false", "true") : text);
            assertThat(classified).as(struct.path()).isEqualTo(defined);
        }
    }

    @Test
    void shiftsExactlyTheOffsetsThatPointIntoTheChunk() {
        assertThat(treatedAs(FieldTreatment.SHIFT))
                .containsExactly(
                        "FileMetaData.row_groups[].file_offset",
                        "FileMetaData.row_groups[].columns[].file_offset",
                        "FileMetaData.row_groups[].columns[].meta_data.data_page_offset",
                        "FileMetaData.row_groups[].columns[].meta_data.index_page_offset",
                        "FileMetaData.row_groups[].columns[].meta_data.dictionary_page_offset");
    }

    @Test
    void keepsNoFieldThatIsNamedAnOffset() {
        assertThat(treatedAs(FieldTreatment.KEEP)).noneMatch(path -> path.contains("offset"));
    }

    private static List<String> treatedAs(FieldTreatment treatment) {
        return Arrays.stream(FooterStruct.values())
                .flatMap(struct -> struct.fields().stream()
                        .filter(field -> field.treatment() == treatment)
                        .map(field -> struct.path() + "." + field.name()))
                .toList();
    }

    private static int id(Object thriftField) throws ReflectiveOperationException {
        return (short) thriftField.getClass().getMethod("getThriftFieldId").invoke(thriftField);
    }

    /** Name, whether required, and the compact protocol's type. */
    private static String describe(Object metaData) throws ReflectiveOperationException {
        boolean required = (byte) value(metaData, "requirementType") == 1;
        byte type = (byte) value(value(metaData, "valueMetaData"), "type");
        int compact = switch (type) {
            case 6 -> 4;
            case -1, 8, 16 -> 5;
            case 10 -> 6;
            case 11 -> 8;
            case 12 -> 12;
            case 15 -> 9;
            default -> -type;
        };
        return value(metaData, "fieldName") + " " + required + " " + compact;
    }

    private static Object value(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getField(name);
        return field.get(object);
    }
}

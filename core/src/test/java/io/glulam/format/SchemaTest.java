package io.glulam.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Float16Type;
import org.apache.parquet.format.IEEE754TotalOrder;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.NullType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.UUIDType;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.VariantType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    private static final ColumnOrder TYPE_DEFINED = ColumnOrder.TYPE_ORDER(new TypeDefinedOrder());
    private static final ColumnOrder TOTAL = ColumnOrder.IEEE_754_TOTAL_ORDER(new IEEE754TotalOrder());

    /** The two lists as Thrift writes them inside of a footer, read back from their places. */
    private static Schema schema(List<SchemaElement> elements, ColumnOrder... orders) {
        FileMetaData footer = new FileMetaData(1, elements, 0, List.of());
        if (orders.length > 0) {
            footer.setColumn_orders(Arrays.asList(orders));
        }
        byte[] bytes = write(footer);
        ThriftReader in = new ThriftReader(bytes, 0, bytes.length, 0);
        Schema schema = null;
        in.enterStruct();
        while (in.nextField()) {
            if (in.fieldId() == 2) {
                schema = Schema.read(in);
            } else if (in.fieldId() == 7 && schema != null) {
                schema = schema.withColumnOrders(in);
            } else {
                in.skip();
            }
        }
        return schema;
    }

    private static byte[] write(FileMetaData footer) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Util.writeFileMetaData(footer, out);
            assertThat(Util.readFileMetaData(new ByteArrayInputStream(out.toByteArray())))
                    .isEqualTo(footer);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SchemaElement group(String name, FieldRepetitionType repetition, int children) {
        SchemaElement element = new SchemaElement(name).setNum_children(children);
        return repetition == null ? element : element.setRepetition_type(repetition);
    }

    private static SchemaElement leaf(String name, FieldRepetitionType repetition, Type type) {
        SchemaElement element = new SchemaElement(name).setRepetition_type(repetition);
        element.setType(type);
        return type == Type.FIXED_LEN_BYTE_ARRAY ? element.setType_length(2) : element;
    }

    private static SortOrder order(SchemaElement leaf, ColumnOrder... orders) {
        return schema(List.of(group("root", null, 1), leaf), orders)
                .leaves()
                .get(0)
                .order();
    }

    private static SortOrder order(Type type, LogicalType logical) {
        return order(leaf("a", FieldRepetitionType.OPTIONAL, type).setLogicalType(logical));
    }

    private static SortOrder order(Type type, ConvertedType converted) {
        return order(leaf("a", FieldRepetitionType.OPTIONAL, type).setConverted_type(converted));
    }

    @Test
    void countsLevelsAlongThePath() {
        Schema schema = schema(List.of(
                group("root", null, 2),
                leaf("id", FieldRepetitionType.REQUIRED, Type.INT64),
                group("tags", FieldRepetitionType.OPTIONAL, 1),
                group("list", FieldRepetitionType.REPEATED, 2),
                leaf("element", FieldRepetitionType.OPTIONAL, Type.BYTE_ARRAY),
                leaf("many", FieldRepetitionType.REPEATED, Type.FIXED_LEN_BYTE_ARRAY)));
        assertThat(schema.leaves())
                .containsExactly(
                        new Leaf(0, List.of("id"), PhysicalType.INT64, 0, 0, 0, SortOrder.INT64_SIGNED),
                        new Leaf(
                                1,
                                List.of("tags", "list", "element"),
                                PhysicalType.BYTE_ARRAY,
                                0,
                                1,
                                3,
                                SortOrder.BYTES_UNSIGNED),
                        new Leaf(
                                2,
                                List.of("tags", "list", "many"),
                                PhysicalType.FIXED_LEN_BYTE_ARRAY,
                                2,
                                2,
                                3,
                                SortOrder.BYTES_UNSIGNED));
    }

    @Test
    void allowsDuplicateNamesEmptyGroupsAndNoColumns() {
        Schema twice = schema(List.of(
                group("root", null, 3),
                leaf("a", FieldRepetitionType.REQUIRED, Type.INT32),
                group("empty", FieldRepetitionType.OPTIONAL, 0),
                leaf("a", FieldRepetitionType.REQUIRED, Type.INT32)));
        assertThat(twice.leaves()).extracting(Leaf::name).containsExactly("a", "a");
        assertThat(twice.node(twice.leaves().get(1)).leaf()).isEqualTo(1);
        assertThat(schema(List.of(group("root", null, 0))).leaves()).isEmpty();
    }

    @Test
    void staysWithinTheStackAtTheDeepest() {
        List<SchemaElement> elements = new ArrayList<>();
        for (int i = 0; i < SchemaParser.MAX_DEPTH; i++) {
            elements.add(group("g", i == 0 ? null : FieldRepetitionType.OPTIONAL, 1));
        }
        elements.add(leaf("a", FieldRepetitionType.REQUIRED, Type.INT32));
        Schema schema = schema(elements);
        assertThat(schema.leaves().get(0).maxDefinitionLevel()).isEqualTo(SchemaParser.MAX_DEPTH - 1);
        assertThat(schema.root())
                .isEqualTo(schema(elements).root())
                .hasSameHashCodeAs(schema(elements).root());
    }

    @Test
    void ordersPhysicalTypesAsTheSpecificationSays() {
        assertThat(Arrays.stream(Type.values()).map(type -> order(leaf("a", FieldRepetitionType.OPTIONAL, type))))
                .containsExactly(
                        SortOrder.BOOLEAN,
                        SortOrder.INT32_SIGNED,
                        SortOrder.INT64_SIGNED,
                        SortOrder.NONE,
                        SortOrder.FLOAT,
                        SortOrder.DOUBLE,
                        SortOrder.BYTES_UNSIGNED,
                        SortOrder.BYTES_UNSIGNED);
    }

    @Test
    void ordersLogicalTypesAsTheSpecificationSays() {
        LogicalType decimal = LogicalType.DECIMAL(new DecimalType(2, 5));
        LogicalType timestamp = LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.MICROS(new MicroSeconds())));
        assertThat(order(Type.BYTE_ARRAY, decimal)).isEqualTo(SortOrder.DECIMAL_BINARY);
        assertThat(order(Type.FIXED_LEN_BYTE_ARRAY, decimal)).isEqualTo(SortOrder.DECIMAL_BINARY);
        assertThat(order(Type.INT64, decimal)).isEqualTo(SortOrder.INT64_SIGNED);
        assertThat(order(Type.INT64, timestamp)).isEqualTo(SortOrder.INT64_SIGNED);
        assertThat(order(Type.INT32, LogicalType.INTEGER(new IntType((byte) 8, false))))
                .isEqualTo(SortOrder.INT32_UNSIGNED);
        assertThat(order(Type.INT64, LogicalType.INTEGER(new IntType((byte) 64, false))))
                .isEqualTo(SortOrder.INT64_UNSIGNED);
        assertThat(order(Type.FIXED_LEN_BYTE_ARRAY, LogicalType.FLOAT16(new Float16Type())))
                .isEqualTo(SortOrder.FLOAT16);
        assertThat(order(Type.FIXED_LEN_BYTE_ARRAY, LogicalType.UUID(new UUIDType())))
                .isEqualTo(SortOrder.BYTES_UNSIGNED);
        assertThat(order(Type.INT32, LogicalType.UNKNOWN(new NullType()))).isEqualTo(SortOrder.NONE);
        assertThat(order(Type.BYTE_ARRAY, LogicalType.VARIANT(new VariantType())))
                .isEqualTo(SortOrder.NONE);
    }

    @Test
    void ordersConvertedTypesAsTheSpecificationSays() {
        assertThat(order(Type.INT32, ConvertedType.UINT_16)).isEqualTo(SortOrder.INT32_UNSIGNED);
        assertThat(order(Type.BYTE_ARRAY, ConvertedType.UTF8)).isEqualTo(SortOrder.BYTES_UNSIGNED);
        assertThat(order(Type.BYTE_ARRAY, ConvertedType.DECIMAL)).isEqualTo(SortOrder.DECIMAL_BINARY);
        assertThat(order(Type.FIXED_LEN_BYTE_ARRAY, ConvertedType.INTERVAL)).isEqualTo(SortOrder.NONE);
    }

    @Test
    void hasNoOrderWhereAnnotationsContradictTypeOrEachOther() {
        assertThat(order(Type.INT32, LogicalType.STRING(new StringType()))).isEqualTo(SortOrder.NONE);
        assertThat(order(Type.INT32, LogicalType.INTEGER(new IntType((byte) 64, true))))
                .isEqualTo(SortOrder.NONE);
        SchemaElement both = leaf("a", FieldRepetitionType.OPTIONAL, Type.INT32)
                .setLogicalType(LogicalType.INTEGER(new IntType((byte) 32, true)))
                .setConverted_type(ConvertedType.UINT_32);
        assertThat(order(both)).isEqualTo(SortOrder.NONE);
    }

    @Test
    void followsTheDeclaredColumnOrder() {
        SchemaElement number = leaf("a", FieldRepetitionType.OPTIONAL, Type.DOUBLE);
        SchemaElement text = leaf("a", FieldRepetitionType.OPTIONAL, Type.BYTE_ARRAY);
        assertThat(order(number, TYPE_DEFINED)).isEqualTo(SortOrder.DOUBLE);
        assertThat(order(number, TOTAL)).isEqualTo(SortOrder.DOUBLE_TOTAL);
        assertThat(order(leaf("a", FieldRepetitionType.OPTIONAL, Type.FLOAT), TOTAL))
                .isEqualTo(SortOrder.FLOAT_TOTAL);
        assertThat(order(text, TYPE_DEFINED)).isEqualTo(SortOrder.BYTES_UNSIGNED);
        assertThat(order(text, TOTAL)).isEqualTo(SortOrder.NONE);
    }

    @Test
    void hasNoOrderUnderADeclaredOneThatIsNotKnown() {
        Schema schema = schema(List.of(group("root", null, 1), leaf("a", FieldRepetitionType.OPTIONAL, Type.INT32)));
        ThriftWriter orders = new ThriftWriter(16);
        orders.listHeader(ThriftReader.STRUCT, 1);
        int outer = orders.enterStruct();
        orders.field(3, ThriftReader.STRUCT);
        orders.leaveStruct(orders.enterStruct());
        orders.leaveStruct(outer);
        Schema declared = schema.withColumnOrders(new ThriftReader(orders.array(), 0, orders.size(), 0));
        assertThat(declared.leaves().get(0).order()).isEqualTo(SortOrder.NONE);
    }

    /** Apache Thrift passes over the header after a union's first field, whatever it is, and reads on elsewhere. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void refusesAUnionThatDoesNotHoldOneMember(int members) {
        SchemaElement number = leaf("a", FieldRepetitionType.OPTIONAL, Type.INT32);
        Schema schema = schema(List.of(group("root", null, 3), number, number, number));
        ThriftWriter orders = new ThriftWriter(16);
        orders.listHeader(ThriftReader.STRUCT, 3);
        for (int fields : new int[] {1, members, 1}) {
            union(orders, fields, ThriftReader.STRUCT);
        }
        assertThatThrownBy(() -> schema.withColumnOrders(reader(orders)))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("a union that does not hold one member");
        ThriftWriter type = new ThriftWriter(16);
        union(type, members, ThriftReader.STRUCT);
        assertThatThrownBy(() -> io.glulam.format.LogicalType.read(reader(type)))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("a union that does not hold one member");
    }

    /** Thrift's readers pass over a member of another type, and do not believe the bounds. */
    @Test
    void hasNoOrderWhereTheMemberOfTheUnionIsNoStruct() {
        Schema schema = schema(List.of(group("root", null, 1), leaf("a", FieldRepetitionType.OPTIONAL, Type.INT32)));
        ThriftWriter orders = new ThriftWriter(16);
        orders.listHeader(ThriftReader.STRUCT, 1);
        union(orders, 1, ThriftReader.TRUE);
        assertThat(schema.withColumnOrders(reader(orders)).leaves().get(0).order())
                .isEqualTo(SortOrder.NONE);
    }

    /** Readers in Java take the last of two unions, those in C++ put both together. */
    @Test
    void refusesAnElementWithTwoLogicalTypes() {
        ThriftWriter list = new ThriftWriter(16);
        list.listHeader(ThriftReader.STRUCT, 1);
        int element = list.enterStruct();
        list.binaryField(4, new byte[] {'r'});
        for (int i = 0; i < 2; i++) {
            list.field(10, ThriftReader.STRUCT);
            union(list, 1, ThriftReader.STRUCT);
        }
        list.leaveStruct(element);
        assertThatThrownBy(() -> Schema.read(reader(list)))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("FileMetaData.schema[0].logicalType occurs twice");
    }

    private static void union(ThriftWriter out, int members, int type) {
        int outer = out.enterStruct();
        for (int member = 1; member <= members; member++) {
            out.field(member, type);
            if (type == ThriftReader.STRUCT) {
                out.leaveStruct(out.enterStruct());
            }
        }
        out.leaveStruct(outer);
    }

    private static ThriftReader reader(ThriftWriter written) {
        return new ThriftReader(written.array(), 0, written.size(), 0);
    }

    @Test
    void tellsWhetherOrdersAreDeclared() {
        List<SchemaElement> one = List.of(group("root", null, 1), leaf("a", FieldRepetitionType.OPTIONAL, Type.INT32));
        assertThat(schema(one).columnOrdersDeclared()).isFalse();
        assertThat(schema(one, TYPE_DEFINED).columnOrdersDeclared()).isTrue();
        assertThatThrownBy(() -> schema(one, TYPE_DEFINED, TYPE_DEFINED))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("FileMetaData.column_orders has 2 entries for 1 leaf columns");
    }

    @Test
    void describesTypesForPeople() {
        SchemaElement timestamp = leaf("a", FieldRepetitionType.OPTIONAL, Type.INT64)
                .setLogicalType(LogicalType.TIMESTAMP(new TimestampType(false, TimeUnit.MICROS(new MicroSeconds()))));
        SchemaElement decimal = leaf("a", FieldRepetitionType.OPTIONAL, Type.INT64)
                .setConverted_type(ConvertedType.DECIMAL)
                .setPrecision(10)
                .setScale(2);
        assertThat(annotation(timestamp)).isEqualTo("TIMESTAMP(MICROS,local)");
        assertThat(annotation(decimal)).isEqualTo("DECIMAL(10,2)");
        assertThat(annotation(leaf("a", FieldRepetitionType.OPTIONAL, Type.INT64)))
                .isNull();
    }

    private static String annotation(SchemaElement leaf) {
        return schema(List.of(group("root", null, 1), leaf))
                .root()
                .children()
                .get(0)
                .annotation();
    }
}

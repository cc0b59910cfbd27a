package io.glulam.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.ConvertedType;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.format.Repetition;
import io.glulam.format.SchemaNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class WiderTypeTest {
    private static final Map<String, Element> LEAVES = new LinkedHashMap<>();

    static {
        put("int32", leaf(PhysicalType.INT32, null, -1, 0, 0));
        put("int64", leaf(PhysicalType.INT64, null, -1, 0, 0));
        put("int8", leaf(PhysicalType.INT32, LogicalType.integer(8, true), -1, 0, 0));
        put("int16", leaf(PhysicalType.INT32, LogicalType.integer(16, true), -1, 0, 0));
        put("int32 by name", leaf(PhysicalType.INT32, LogicalType.integer(32, true), -1, 0, 0));
        put("int64 by name", leaf(PhysicalType.INT64, LogicalType.integer(64, true), -1, 0, 0));
        put("int8 converted", leaf(PhysicalType.INT32, null, ConvertedType.INT_8.ordinal(), 0, 0));
        put("int64 in four bytes", leaf(PhysicalType.INT32, LogicalType.integer(64, true), -1, 0, 0));
        put("int8 in eight bytes", leaf(PhysicalType.INT64, LogicalType.integer(8, true), -1, 0, 0));
        put("uint8", leaf(PhysicalType.INT32, LogicalType.integer(8, false), -1, 0, 0));
        put("uint64", leaf(PhysicalType.INT64, null, ConvertedType.UINT_64.ordinal(), 0, 0));
        put("float", leaf(PhysicalType.FLOAT, null, -1, 0, 0));
        put("double", leaf(PhysicalType.DOUBLE, null, -1, 0, 0));
        put("float16", leaf(PhysicalType.FIXED_LEN_BYTE_ARRAY, LogicalType.of(LogicalType.FLOAT16), -1, 0, 0));
        put("decimal(9,2)", leaf(PhysicalType.INT32, LogicalType.decimal(9, 2), -1, 0, 0));
        put("decimal(9,2) converted", leaf(PhysicalType.INT64, null, ConvertedType.DECIMAL.ordinal(), 9, 2));
        put("decimal(18,2)", leaf(PhysicalType.INT64, LogicalType.decimal(18, 2), -1, 0, 0));
        put("decimal(18,3)", leaf(PhysicalType.INT64, LogicalType.decimal(18, 3), -1, 0, 0));
        put("decimal(38,2)", leaf(PhysicalType.FIXED_LEN_BYTE_ARRAY, LogicalType.decimal(38, 2), -1, 0, 0));
        put("decimal(9,0)", leaf(PhysicalType.INT32, LogicalType.decimal(9, 0), -1, 0, 0));
        put("date", leaf(PhysicalType.INT32, LogicalType.date(), -1, 0, 0));
        put("time", leaf(PhysicalType.INT32, LogicalType.time(true, 1), -1, 0, 0));
        put("timestamp", leaf(PhysicalType.INT64, LogicalType.timestamp(true, 2), -1, 0, 0));
        put("boolean", leaf(PhysicalType.BOOLEAN, null, -1, 0, 0));
        put("int96", leaf(PhysicalType.INT96, null, -1, 0, 0));
        put("bytes", leaf(PhysicalType.BYTE_ARRAY, null, -1, 0, 0));
        put("string", leaf(PhysicalType.BYTE_ARRAY, LogicalType.string(), -1, 0, 0));
    }

    private static final Map<String, List<String>> NARROWER = Map.ofEntries(
            Map.entry("int8", List.of("int8", "int8 converted")),
            Map.entry("int8 converted", List.of("int8", "int8 converted")),
            Map.entry("int16", List.of("int8", "int16", "int8 converted")),
            Map.entry("int32", List.of("int32", "int8", "int16", "int32 by name", "int8 converted")),
            Map.entry("int32 by name", List.of("int32", "int8", "int16", "int32 by name", "int8 converted")),
            Map.entry(
                    "int64",
                    List.of("int32", "int64", "int8", "int16", "int32 by name", "int64 by name", "int8 converted")),
            Map.entry(
                    "int64 by name",
                    List.of("int32", "int64", "int8", "int16", "int32 by name", "int64 by name", "int8 converted")),
            Map.entry("float", List.of("float")),
            Map.entry("double", List.of("float", "double")),
            Map.entry("decimal(9,2)", List.of("decimal(9,2)", "decimal(9,2) converted")),
            Map.entry("decimal(9,2) converted", List.of("decimal(9,2)", "decimal(9,2) converted")),
            Map.entry("decimal(18,2)", List.of("decimal(9,2)", "decimal(9,2) converted", "decimal(18,2)")),
            Map.entry("decimal(18,3)", List.of("decimal(18,3)")),
            Map.entry(
                    "decimal(38,2)",
                    List.of("decimal(9,2)", "decimal(9,2) converted", "decimal(18,2)", "decimal(38,2)")),
            Map.entry("decimal(9,0)", List.of("decimal(9,0)")));

    private static void put(String name, Element leaf) {
        LEAVES.put(name, leaf);
    }

    private static Element leaf(
            PhysicalType type, @Nullable LogicalType logical, int converted, int precision, int scale) {
        int length = type == PhysicalType.FIXED_LEN_BYTE_ARRAY ? 16 : 0;
        SchemaNode node = new SchemaNode(
                "c", Repetition.OPTIONAL, type, length, logical, converted, scale, precision, null, 0, List.of());
        return new Element(node, Map.of(), List.of());
    }

    @Test
    void aTypeHoldsTheValuesOfThoseThatAreAsWideOrNarrower() {
        LEAVES.forEach((name, leaf) -> {
            List<String> held = new ArrayList<>();
            LEAVES.forEach((other, narrower) -> {
                if (WiderType.holdsAll(leaf, narrower)) {
                    held.add(other);
                }
            });
            assertThat(held).as(name).isEqualTo(NARROWER.getOrDefault(name, List.of()));
        });
    }

    @Test
    void theWiderOfTwoIsTheFirstUnlessOnlyTheSecondHoldsBoth() {
        LEAVES.forEach((name, first) -> LEAVES.forEach((other, second) -> {
            boolean holds = NARROWER.getOrDefault(name, List.of()).contains(other);
            boolean isHeld = NARROWER.getOrDefault(other, List.of()).contains(name);
            assertThat(WiderType.of(first, second))
                    .as("%s and %s", name, other)
                    .isSameAs(holds ? first : isHeld ? second : null);
        }));
    }
}

package io.glulam.tables.delta;

import static io.glulam.tables.delta.PlainTable.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.delta.kernel.expressions.Literal;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.glulam.tables.Outcome;
import io.glulam.tables.Table;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions of a Delta table: their names, and filters that select them. */
class DeltaPartitionsTest {
    @TempDir
    private Path folder;

    @Test
    void partitionValuesMayHoldAnyCharacter() throws IOException {
        StructType schema = PlainTable.SCHEMA.add("kind", StringType.STRING);
        KernelTable table = new KernelTable(folder.resolve("table")).create(schema, Map.of(), "kind");
        for (String kind : List.of("a b%20/c=ü", "x:y", "")) {
            Literal value = kind.isEmpty() ? Literal.ofNull(StringType.STRING) : Literal.ofString(kind);
            table.append(Map.of("kind", value), row(1L, "a", kind.isEmpty() ? null : kind));
            table.append(Map.of("kind", value), row(2L, "b", kind.isEmpty() ? null : kind));
        }
        List<String> before = table.rows();

        assertThat(table.compact().counts().addedDataFiles()).isEqualTo(3);

        assertThat(table.rows()).isEqualTo(before);
        assertThat(table.files()).hasSize(3);
    }

    @Test
    void theFolderOfATableMayHoldAnyCharacter() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of());
        Path odd = folder.resolve("a b%20c#ü");
        Files.move(table.folder(), odd);
        KernelTable moved = new KernelTable(odd);
        List<String> before = moved.rows();

        assertThat(moved.compact().counts().addedDataFiles()).isEqualTo(1);

        assertThat(moved.rows()).isEqualTo(before).hasSize(60);
    }

    @Test
    void aFilterSelectsPartitions() throws IOException {
        StructType schema = PlainTable.SCHEMA.add("day", DateType.DATE).add("kind", StringType.STRING);
        KernelTable table = new KernelTable(folder.resolve("table")).create(schema, Map.of(), "day", "kind");
        for (int day = 20_000; day < 20_003; day++) {
            for (String kind : Arrays.asList("a", "b", null)) {
                Literal value = kind == null ? Literal.ofNull(StringType.STRING) : Literal.ofString(kind);
                Map<String, Literal> partition = Map.of("day", Literal.ofDate(day), "kind", value);
                table.append(partition, row(1L, "x", day, kind)).append(partition, row(2L, "y", day, kind));
            }
        }
        Map<String, Integer> groups = Map.of(
                "day >= DATE '2024-10-05'", 6,
                "day = '2024-10-04' AND kind IN ('a', 'c')", 1,
                "NOT (kind = 'a')", 3,
                "kind IS NULL OR `day` <> DATE '2024-10-04' AND kind < 'b'", 5,
                "kind NOT IN ('a') AND day <= DATE '2024-10-06'", 3,
                "kind LIKE 'a%'", 3,
                "kind NOT LIKE 'a%' AND day = '2024-10-04'", 1,
                "kind = 'c'", 0);
        try (Table opened = table.open()) {
            groups.forEach((where, count) -> {
                TablePlan plan = opened.plan(TableRequest.defaults().withWhere(where));
                assertThat(plan.partitions()).as(where).hasSize(count);
                assertThat(plan.outcome()).isEqualTo(count == 0 ? Outcome.NOTHING_SELECTED : Outcome.COMPACTED);
            });
            for (String where : List.of(
                    "id = 1", "day = ", "day = 'soon'", "day ~ 1", "(day IS NULL", "day IS NULL x", "day LIKE '2%'")) {
                assertThat(catchThrowable(
                                () -> opened.plan(TableRequest.defaults().withWhere(where))))
                        .as(where)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        List<String> before = table.rows();

        table.compact(TableRequest.defaults().withWhere("kind = 'b'"));

        assertThat(table.rows()).isEqualTo(before);
        assertThat(table.files()).hasSize(15);
    }
}

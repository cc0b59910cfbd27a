package io.glulam.tables.delta;

import static io.glulam.tables.delta.PlainTable.row;
import static io.glulam.tables.delta.PlainTable.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a Delta table whose columns were renamed, added or widened meanwhile. */
class DeltaColumnsTest {
    @TempDir
    private Path folder;

    @Test
    void renamedAndAddedColumnsAreFoundByTheirPhysicalNames() throws IOException {
        for (String mode : List.of("name", "id")) {
            KernelTable table = new KernelTable(folder.resolve(mode))
                    .create(PlainTable.SCHEMA, Map.of("delta.columnMapping.mode", mode));
            table.append(rows(0, 10)).append(rows(10, 20));
            StructType schema = table.schema();
            StructType renamed = new StructType()
                    .add(schema.at(0))
                    .add("title", StringType.STRING, schema.at(1).getMetadata())
                    .add("more", IntegerType.INTEGER);
            table.evolve(renamed);
            table.append(row(100L, "x", 5), row(101L, null, null));
            List<String> before = table.rows();
            long version = table.version();

            assertThat(table.compact().counts().addedDataFiles()).isEqualTo(1);

            assertThat(table.files()).hasSize(1);
            assertThat(table.rows()).isEqualTo(before).anyMatch(row -> row.equals("[id=100, title=x, more=5]"));
            assertThat(table.rows(version)).isEqualTo(before);
        }
    }

    @Test
    void filesFromBeforeTheMappingGoWithLaterOnes() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of());
        table.set(Map.of("delta.columnMapping.mode", "name"));
        table.append(rows(60, 70));
        List<String> before = table.rows();

        assertThat(table.compact().counts().rewrittenDataFiles()).isEqualTo(4);

        assertThat(table.files()).hasSize(1);
        assertThat(table.rows()).isEqualTo(before).hasSize(70);
    }

    @Test
    void columnsThatGrewWiderAreMergedInTheWiderType() throws IOException {
        StructType narrow = new StructType()
                .add("n", IntegerType.INTEGER)
                .add("f", FloatType.FLOAT)
                .add("p", new DecimalType(8, 2));
        KernelTable table = new KernelTable(folder.resolve("table"))
                .create(narrow, Map.of("delta.enableTypeWidening", "true", "delta.columnMapping.mode", "name"));
        table.append(row(-7, 1.5f, new BigDecimal("-12.34")), row(null, Float.NaN, null));
        StructType schema = table.schema();
        table.evolve(new StructType()
                .add("n", LongType.LONG, schema.at(0).getMetadata())
                .add("f", DoubleType.DOUBLE, schema.at(1).getMetadata())
                .add("p", new DecimalType(20, 2), schema.at(2).getMetadata()));
        table.append(row(1L << 40, 0.1, new BigDecimal("123456789012345.67")));
        List<String> before = table.rows();

        assertThat(table.compact().counts().addedDataFiles()).isEqualTo(1);

        assertThat(table.files()).hasSize(1);
        assertThat(table.rows()).isEqualTo(before).hasSize(3);
    }
}

package io.glulam.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Compression;
import io.glulam.plan.Effort;
import io.glulam.plan.Setting;
import io.glulam.plan.Settings;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;

/** What the oracle of whole compactions lets pass. */
class CompactionOracleTest {
    private static final int ROWS = 100;

    @Test
    void aFalseBoundOfTheSourceIsItsOwnWhetherOrNotItDeclaresOrders() {
        Settings otherCodec =
                Settings.defaults().withEffort(Effort.COPY).with(Setting.CODEC, Optional.of(Compression.parse("zstd")));

        assertThat(new CompactionOracle(falseMinimum().bytes(), otherCodec, 0)
                        .check()
                        .output())
                .isNotNull();
        assertThat(new CompactionOracle(falseMinimum().withoutColumnOrders().bytes(), otherCodec, 0)
                        .check()
                        .output())
                .isNotNull();
    }

    /** Two row groups with 0 to 99, of which the first page's bounds tell that they begin with 50. */
    private static FileScript falseMinimum() {
        FileScript script =
                new FileScript(new SchemaScript().required("x", Type.INT32).build(), 1);
        for (int group = 0; group < 2; group++) {
            Values.Builder values = new Values.Builder(ROWS);
            for (int row = 0; row < ROWS; row++) {
                values.addNumber(row, 4);
            }
            ChunkScript chunk = new ChunkScript(
                            script.leaves().get(0), new Triplets(new int[ROWS], new int[ROWS], values.build()))
                    .evenPages(ROWS)
                    .stats(ChunkScript.Stats.NONE)
                    .withColumnIndex()
                    .withOffsetIndex()
                    .tamperColumnIndex(index ->
                            index.getMin_values().set(0, ByteBuffer.wrap(new byte[] {50, 0, 0, 0})));
            script.rowGroup(new RowGroupScript(ROWS, List.of(chunk)));
        }
        return script;
    }
}

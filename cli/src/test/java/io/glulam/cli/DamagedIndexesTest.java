package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.MiscountedRows;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that looks into a file tells of indexes that lie outside of its data, before any of them is lost. */
class DamagedIndexesTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        FileScript script =
                MiscountedRows.sound(7, 24, chunk -> chunk.withColumnIndex().withOffsetIndex());
        for (int group = 0; group < MiscountedRows.ROW_GROUPS; group++) {
            ChunkScript chunk = script.rowGroups().get(group).chunks().get(0);
            chunk.tamper(entry -> entry.setOffset_index_offset(1L << 40));
        }
        file = Files.write(folder.resolve("damaged.parquet"), script.bytes());
    }

    @Test
    void inspectCountsThem() {
        assertThat(Run.of("inspect", file, "--columns").out())
                .contains("damaged, because they do not lie within the file's data: 4; compact leaves them out");
        assertThat(Run.of("inspect", file, "--columns", "--json").out()).containsPattern("\"damaged_aids\" *: *4");
    }

    @Test
    void aPlanInJsonTellsOfThemAndCanBeCarriedOut() throws IOException {
        Run planned = Run.of("plan", file, "--json");
        assertThat(planned.out())
                .containsPattern("\"losses\" *: *\\[ *\"offset index of row group 0, column id and of 3 more");
        Path plan = Files.writeString(folder.resolve("plan.json"), planned.out());

        Run compacted = Run.of("compact", file, "-o", folder.resolve("out.parquet"), "--plan", plan);

        assertThat(compacted.code()).as(compacted.err()).isZero();
    }

    @Test
    void aStrictPlanOfAnObjectIsRefusedWhereItsExecutionWouldBe() throws IOException {
        try (StrictStore store = StrictStore.start(StoreRules.R2)) {
            store.put("damaged.parquet", Extents.of(Files.readAllBytes(file)), Map.of());
            for (String threshold : new String[] {"1MiB", "1B"}) {
                Run plan = Run.of(
                        "plan",
                        "r2://bucket/damaged.parquet",
                        "--strict",
                        "--threshold",
                        threshold,
                        "--endpoint",
                        store.endpoint());
                assertThat(plan.code()).as(threshold + plan.out()).isEqualTo(ExitCode.UNSUPPORTED.code());
                assertThat(plan.err()).contains("the offset index would be lost");
            }
        }
    }
}

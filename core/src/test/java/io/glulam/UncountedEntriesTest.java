package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.read.TripletComparison;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A dictionary page that holds an entry which its header does not count. Readers refuse the index of that entry; in a joined
 * chunk it would be the index of another row group's entry.
 */
class UncountedEntriesTest {
    private static final int REPETITIONS = 50;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void anIndexOfSuchAnEntryIsRefused(Effort effort) throws IOException {
        Path source = write(2);
        assertThatThrownBy(() -> compact(source, effort)).isInstanceOf(CorruptFile.class);
        assertThat(folder.resolve("output.parquet")).doesNotExist();
    }

    @Test
    void whereNoPageUsesItTheIndicesAreReadAndRenumbered() throws IOException {
        Path source = write(1);
        CompactionReport report = compact(source, Effort.COPY);
        assertThat(((MergedGroup) report.plan().groups().get(0))
                        .columns()
                        .get(0)
                        .tier())
                .isEqualTo(Tier.REMAP);
        assertThat(TripletComparison.firstDifference(source, folder.resolve("output.parquet")))
                .isEmpty();
    }

    private CompactionReport compact(Path source, Effort effort) {
        Settings settings = Settings.defaults().withEffort(effort).withThreshold(new Threshold.Fixed(1L << 30));
        return new Compactor(CompactionOptions.defaults().withSettings(settings))
                .run(Job.of(source, folder.resolve("output.parquet")));
    }

    /**
     * The first row group's dictionary is 10, 20, 30, of which its header counts two; the second one's is 10, 20, 40.
     *
     * @param highest index that the first row group uses
     */
    private Path write(int highest) throws IOException {
        FileScript script =
                new FileScript(new SchemaScript().required("x", Type.INT32).build(), 1);
        ChunkScript uncounted = chunk(script, 30, highest);
        uncounted.tamperDictionaryHeader(
                header -> header.getDictionary_page_header().setNum_values(2));
        for (ChunkScript chunk : List.of(uncounted, chunk(script, 40, 2))) {
            script.rowGroup(new RowGroupScript(chunk.triplets().count(), List.of(chunk)));
        }
        return Files.write(folder.resolve("source.parquet"), script.bytes());
    }

    private static ChunkScript chunk(FileScript script, int third, int highest) {
        int[] entries = {10, 20, third};
        Values.Builder dictionary = new Values.Builder(entries.length);
        for (int entry : entries) {
            dictionary.addNumber(entry, Integer.BYTES);
        }
        Values.Builder values = new Values.Builder(REPETITIONS * (highest + 1));
        for (int i = 0; i < REPETITIONS * (highest + 1); i++) {
            values.addNumber(entries[i % (highest + 1)], Integer.BYTES);
        }
        Values all = values.build();
        return new ChunkScript(script.leaves().get(0), new Triplets(new int[all.count()], new int[all.count()], all))
                .evenPages(all.count())
                .eachPage(page -> page.encoding(Encoding.RLE_DICTIONARY))
                .dictionary(dictionary.build());
    }
}

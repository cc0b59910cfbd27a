package io.glulam.tables.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.glulam.tables.Outcome;
import io.glulam.tables.TableReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features of the protocol that are kept, in logs that are partly made by hand. What is refused: {@link DeltaConflictTest}. */
@Tag("once")
class DeltaFeaturesTest {
    @TempDir
    private Path folder;

    private KernelTable table() throws IOException {
        StructType schema = new StructType().add("id", LongType.LONG).add("name", StringType.STRING);
        KernelTable table = new KernelTable(folder.resolve("table")).create(schema, Map.of());
        return table.append(new Object[] {1L, "a"}, new Object[] {2L, null}).append(new Object[][] {{3L, "c"}});
    }

    private static void commit(KernelTable table, String... actions) throws IOException {
        Files.writeString(table.log(table.version() + 1), String.join("\n", actions) + "\n");
    }

    private static String action(KernelTable table, String name) throws IOException {
        for (long version = table.version(); version >= 0; version--) {
            for (String line : table.commit(version).lines().toList()) {
                if (line.startsWith("{\"" + name + "\"")) {
                    return line;
                }
            }
        }
        throw new AssertionError("no " + name);
    }

    @Test
    void aClusteredTableKeepsItsClusteringAndNoFileClaimsToBeClustered() throws IOException {
        KernelTable table = table();
        commit(
                table,
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":"
                        + "[\"appendOnly\",\"invariants\",\"domainMetadata\",\"clustering\"]}}",
                "{\"domainMetadata\":{\"domain\":\"delta.clustering\",\"configuration\":"
                        + "\"{\\\"clusteringColumns\\\":[[\\\"id\\\"]]}\",\"removed\":false}}",
                "{\"domainMetadata\":{\"domain\":\"of.users\",\"configuration\":\"kept\",\"removed\":false}}");
        List<String> before = table.rows();

        TableReport report = table.compact();

        assertThat(report.outcome()).isEqualTo(Outcome.COMPACTED);
        assertThat(report.plan().notes()).anyMatch(note -> note.contains("clustered"));
        assertThat(table.rows()).isEqualTo(before).hasSize(3);
        assertThat(table.newest().getDomainMetadata("of.users")).contains("kept");
        assertThat(table.commit(table.version())).doesNotContain("clusteringProvider", "\"domainMetadata\"");
        assertThat(((io.delta.kernel.internal.SnapshotImpl) table.newest()).getActiveDomainMetadataMap())
                .containsKey("delta.clustering");
    }

    @Test
    void aCheckpointOfTheSecondVersionIsReadAndItsPolicyStays() throws IOException {
        KernelTable table = table();
        commit(
                table,
                "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"v2Checkpoint\"],"
                        + "\"writerFeatures\":[\"appendOnly\",\"invariants\",\"v2Checkpoint\"]}}",
                action(table, "metaData")
                        .replace("\"configuration\":{", "\"configuration\":{\"delta.checkpointPolicy\":\"v2\""));
        long version = table.version();
        List<String> before = table.rows();
        String checkpoint = String.join(
                "\n",
                Stream.concat(
                                Stream.of(
                                        "{\"checkpointMetadata\":{\"version\":" + version + "}}",
                                        action(table, "protocol"),
                                        action(table, "metaData")),
                                Stream.of(table.commit(1), table.commit(2))
                                        .flatMap(String::lines)
                                        .filter(line -> line.startsWith("{\"add\"")))
                        .toList());
        Files.writeString(
                table.log(version)
                        .resolveSibling(
                                "%020d.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.json".formatted(version)),
                checkpoint + "\n");
        for (long old = 0; old < version; old++) {
            Files.move(table.log(old), folder.resolve("gone" + old));
            Files.deleteIfExists(table.folder().resolve("_delta_log/%020d.crc".formatted(old)));
        }

        assertThat(table.compact().counts().rewrittenDataFiles()).isEqualTo(2);

        assertThat(table.rows()).isEqualTo(before).hasSize(3);
        assertThat(table.files()).hasSize(1);
        assertThat(table.newest().getTableProperties()).containsEntry("delta.checkpointPolicy", "v2");
    }

    @Test
    void changeFeedsSeeNothingOfACompaction() throws IOException {
        KernelTable table = table();
        table.set(Map.of("delta.enableChangeDataFeed", "true"));

        table.compact();

        assertThat(table.commit(table.version()).lines())
                .noneMatch(line -> line.startsWith("{\"cdc\"") || line.contains("\"dataChange\":true"));
        assertThat(table.folder().resolve("_change_data")).doesNotExist();
    }
}

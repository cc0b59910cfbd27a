package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flagged datasets are picked up of themselves. */
class PollTest {
    @TempDir
    Path folder;

    /** The newest instance of a dataset, once it has that status. */
    private static JsonNode instance(TestServer server, String dataset, String status) throws InterruptedException {
        long end = System.nanoTime() + 180_000_000_000L;
        JsonNode found = null;
        while (System.nanoTime() < end) {
            found = instances(server, dataset).path(0);
            if (found.path("status").asText().equals(status)) {
                return found;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no instance of " + dataset + " is " + status + ": " + found);
    }

    private static JsonNode instances(TestServer server, String dataset) {
        return server.get("/instances?datasetId=" + dataset).json().path("instances");
    }

    @Test
    void whatCannotBeDoneIsNotTriedAgainUntilTheObjectIsAnotherOne() throws Exception {
        try (TestServer server = TestServer.start(folder, Map.of("poll", "50ms"))) {
            Path broken = Files.writeString(server.bucket().resolve("broken.parquet"), "no Parquet");
            server.service().catalog().add("broken", "broken.parquet", true);
            server.service().catalog().add("gone", "gone/x.parquet", true);
            instance(server, "broken", "errored");
            instance(server, "gone", "errored");
            letAPollPass(server, "one");

            assertThat(instances(server, "broken")).hasSize(1);
            assertThat(instances(server, "gone")).hasSize(1);

            FragmentedFile.write(folder.resolve("new.parquet"));
            replace(broken);
            replace(server.bucket().resolve("gone/x.parquet"));
            instance(server, "broken", "complete");
            instance(server, "gone", "complete");
            assertThat(instances(server, "broken")).hasSize(2);
            assertThat(instances(server, "gone")).hasSize(2);
        }
    }

    /** Has the server look through all flagged datasets at least once more: that of {@code id} comes after the others. */
    private static void letAPollPass(TestServer server, String id) throws InterruptedException {
        for (String each : new String[] {"x " + id, "y " + id}) {
            FragmentedFile.write(server.bucket().resolve(each + ".parquet"));
            server.service().catalog().add(each.replace(' ', '-'), each + ".parquet", true);
            instance(server, each.replace(' ', '-'), "complete");
        }
    }

    private void replace(Path object) throws IOException {
        Files.createDirectories(object.getParent());
        Path copy = Files.copy(folder.resolve("new.parquet"), object.resolveSibling("copy"));
        Files.move(copy, object, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}

package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.service.Service;
import io.glulam.service.settings.SettingsReader;
import io.glulam.service.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The instances of a real server, from the command line. */
class JobsTest {
    private static final String TOKEN = "a-token-of-some-length";

    @TempDir
    Path folder;

    private Service service;
    private String server;
    private Path token;

    @BeforeEach
    void start() throws Exception {
        Path bucket = Files.createDirectories(folder.resolve("bucket"));
        Demo.file(bucket, "a.parquet", 3);
        token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        service = Service.start(SettingsReader.read(SettingsSource.of(
                Map.of(
                        "data",
                        folder.resolve("data").toString(),
                        "bucket",
                        bucket.toString(),
                        "port",
                        "0",
                        "token",
                        TOKEN),
                Map.of(),
                Set.of())));
        service.catalog().add("a", "a.parquet", true);
        server = "http://localhost:" + service.address().getPort();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Run jobs(String... arguments) {
        Object[] all = new Object[arguments.length + 5];
        all[0] = "jobs";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--server";
        all[arguments.length + 2] = server;
        all[arguments.length + 3] = "--token-file";
        all[arguments.length + 4] = token.toString();
        return Run.of(all);
    }

    private void submit(String id) throws Exception {
        var response = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(java.net.URI.create(server + "/compact"))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + TOKEN)
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "{\"datasetId\":\"a\",\"instanceId\":\"" + id + "\"}"))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    @Test
    void anInstanceIsWatchedUntilItEndsAndListed() throws Exception {
        submit("mine");

        Run watched = jobs("watch", "mine");
        assertThat(watched.code()).as(watched.err()).isZero();
        assertThat(watched.out())
                .contains("mine  complete  a.parquet")
                .contains("3 row groups")
                .contains("→ 1 row group");
        assertThat(jobs("list").out()).contains("mine").contains("complete");
        assertThat(jobs("list", "--status", "errored").out()).isEmpty();
        assertThat(jobs().out()).contains("mine").contains("complete");
        assertThat(jobs("--status", "errored").code()).isZero();
        assertThat(jobs("show", "mine", "--json").document()).containsEntry("status", "complete");
    }

    @Test
    void whatTheServerRefusesIsSaid() throws Exception {
        submit("mine");
        jobs("watch", "mine");

        Run refused = jobs("pause", "mine");
        assertThat(refused.code()).isEqualTo(6);
        assertThat(refused.err()).contains("complete already").doesNotContain(TOKEN);
        assertThat(jobs("restart", "mine").code()).isZero();
        assertThat(jobs("show", "none").err()).contains("no such instance");
        assertThat(jobs("show").code()).isEqualTo(2);
        assertThat(jobs("dance").code()).isEqualTo(2);
        assertThat(Run.of("jobs", "list", "--server", server).err()).contains("a token is needed");
        assertThat(Run.of("jobs", "list", "--server", "http://localhost:1").err())
                .contains("check that it runs");
    }
}

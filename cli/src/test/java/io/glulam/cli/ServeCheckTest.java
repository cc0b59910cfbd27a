package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --check}: every setting is tried, and what is wrong is said. */
class ServeCheckTest {
    @TempDir
    Path folder;

    private Run check(String... more) {
        Object[] all = new Object[more.length + 5];
        all[0] = "serve";
        all[1] = "--check";
        all[2] = "--data";
        all[3] = folder.toString();
        all[4] = "--port=0";
        System.arraycopy(more, 0, all, 5, more.length);
        return Run.of(all);
    }

    @Test
    void whatWorksIsSaidToWork() {
        Run run = check();
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out().lines()).hasSize(7).allMatch(line -> line.startsWith("ok "));
    }

    @Test
    void aStoreIsTriedWithATemporaryObject() {
        try (StrictStore store = StrictStore.start(StoreRules.S3)) {
            Run run = check(
                    "--bucket",
                    "s3://bucket/lake",
                    "--endpoint",
                    store.endpoint().toString());
            assertThat(run.code()).as(run.out()).isZero();
            assertThat(run.out()).contains("s3://bucket/lake/").doesNotContain("very-secret");
            assertThat(store.keys()).isEmpty();
            assertThat(store.uploads()).isEmpty();
        }
        try (StrictStore store = StrictStore.start(StoreRules.R2)) {
            Run run = check(
                    "--bucket",
                    "s3://bucket/lake",
                    "--endpoint",
                    store.endpoint().toString());
            assertThat(run.code()).as(run.out()).isEqualTo(2);
            assertThat(run.out()).contains("wrong  bucket").contains("without").contains("free-parts");
        }
    }

    @Test
    void whatIsWrongIsSaidTogether() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Run run = check("--bucket", file.toString(), "--catalog", "postgres://nobody@localhost:1/none");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out())
                .contains("wrong  bucket")
                .contains("wrong  catalog")
                .contains("ok     ledger");
        assertThat(Run.of("serve", "--check", "--host", "0.0.0.0", "--data", folder.toString())
                        .out())
                .contains("token");
    }

    @Test
    void aTakenPortIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = Run.of("serve", "--check", "--data", folder.toString(), "--port=" + taken.getLocalPort());
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out())
                    .contains("wrong  port")
                    .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ")
                    .contains("name another port");
            Run serving = Run.of("serve", "--data", folder.toString(), "--port=" + taken.getLocalPort());
            assertThat(serving.code()).isEqualTo(2);
            assertThat(serving.err()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ");
        }
    }
}

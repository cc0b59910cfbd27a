package io.glulam.service.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No key leads out of its bucket. */
class KeysTest {
    @TempDir
    Path folder;

    private LocalBucket bucket;

    @BeforeEach
    void makeBucket() throws IOException {
        bucket = new LocalBucket(Files.createDirectories(folder.resolve("bucket")));
        Files.writeString(folder.resolve("secret"), "outside");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../secret",
                "a/../../secret",
                "a/..",
                "./a",
                "a/./b",
                "/etc/passwd",
                "a//b",
                "a/",
                "\\secret",
                "a\\..\\b",
                "C:/windows",
                "%2e%2e/secret",
                "..%2fsecret",
                "%2E%2E%2Fsecret",
                "%252e%252e/secret",
                "%25252fa",
                "a%00",
                "a\u0000b",
                "a\nb",
                "a\u0085",
                "\uD800",
                "a\uDC00b"
            })
    void isRefused(String key) {
        assertThatThrownBy(() -> bucket.requireSafe(key)).isInstanceOf(InvalidKey.class);
        assertThatThrownBy(() -> bucket.head(key)).isInstanceOf(InvalidKey.class);
        assertThatThrownBy(() -> bucket.delete(key)).isInstanceOf(InvalidKey.class);
    }

    @Test
    void aKeyOfMoreThanAThousandBytesIsRefused() {
        assertThatThrownBy(() -> bucket.requireSafe("ä".repeat(513))).isInstanceOf(InvalidKey.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "path/to/file.parquet", "dt=2026-01-01/x%20y.parquet", "ä/ö 日本 😀.parquet", "...", "a..b"})
    void isAccepted(String key) {
        assertThatCode(() -> bucket.requireSafe(key)).doesNotThrowAnyException();
    }

    @Test
    void anInterruptedThreadTakesNoObjectForMissing() throws IOException {
        Files.writeString(folder.resolve("bucket/there"), "bytes");
        assertThat(bucket.find("there")).isPresent();
        assertThat(bucket.find("none")).isEmpty();

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> bucket.find("there")).isInstanceOf(StorageFailed.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void noSymbolicLinkIsFollowed() throws IOException {
        Path root = folder.resolve("bucket");
        Files.createSymbolicLink(root.resolve("link"), folder.resolve("secret"));
        Files.createSymbolicLink(root.resolve("up"), folder);

        assertThatThrownBy(() -> bucket.head("link")).isInstanceOf(InvalidKey.class);
        assertThatThrownBy(() -> bucket.head("up/secret")).isInstanceOf(InvalidKey.class);
    }
}

package io.glulam.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class LeaseRecordTest {
    private static final String HEAD = "{\"format\":\"glulam-lease\",\"version\":%d,".formatted(ManifestJson.VERSION);

    private static LeaseRecord read(String json) {
        return LeaseRecord.fromJson(
                "lake/_glulam_lease_00000007.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String written(LeaseRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        record.write(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aRecordIsWrittenInOneForm() {
        LeaseRecord record = new LeaseRecord("a \"run\"", Instant.ofEpochMilli(1_764_547_200_123L), 7);
        assertThat(written(record))
                .isEqualTo(HEAD + "\"owner\":\"a \\\"run\\\"\",\"expires\":1764547200123,\"fence\":7}");
        assertThat(read(written(record))).isEqualTo(record);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 0",
        "owner, 0, 1",
        "'\u00e4\ud83d\ude00\u0000', 1, 9223372036854775807",
        "owner, 9223372036854775807, 999999999999999999",
    })
    void whatIsWrittenIsRead(String owner, long expires, long fence) {
        LeaseRecord record = new LeaseRecord(owner, Instant.ofEpochMilli(expires), fence);
        assertThat(read(written(record))).isEqualTo(record);
    }

    @Test
    void anotherEndChangesNothingElse() {
        LeaseRecord record = new LeaseRecord("owner", Instant.ofEpochMilli(5), 7);
        assertThat(record.until(Instant.EPOCH)).isEqualTo(new LeaseRecord("owner", Instant.EPOCH, 7));
        assertThat(read(written(record.until(Instant.EPOCH))).expires()).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{\"format\":\"glulam-manifest\",\"version\":1,\"owner\":\"a\",\"expires\":1,\"fence\":1}",
                "{\"version\":1,\"format\":\"glulam-lease\",\"owner\":\"a\",\"expires\":1,\"fence\":1}",
                "{\"format\":\"glulam-lease\",\"version\":99,\"owner\":\"a\",\"expires\":1,\"fence\":1}",
                "HEAD\"owner\":\"a\",\"expires\":1,\"fence\":1",
                "HEAD\"owner\":\"a\",\"expires\":1,\"fence\":1}}",
                "HEAD\"owner\":\"a\",\"expires\":1,\"fence\":1} {}",
                "HEAD\"owner\":\"a\",\"expires\":1,\"fence\":1,\"more\":1}",
                "HEAD\"owner\":\"a\",\"expires\":1}",
                "HEAD\"owner\":\"a\",\"fence\":1,\"expires\":1}",
                "HEAD\"owner\":null,\"expires\":1,\"fence\":1}",
                "HEAD\"owner\":5,\"expires\":1,\"fence\":1}",
                "HEAD\"owner\":\"a\",\"expires\":\"1\",\"fence\":1}",
                "HEAD\"owner\":\"a\",\"expires\":1.5,\"fence\":1}",
                "HEAD\"owner\":\"a\",\"expires\":-1,\"fence\":1}",
                "HEAD\"owner\":\"a\",\"expires\":9223372036854775808,\"fence\":1}",
                "HEAD\"owner\":\"a\",\"expires\":1,\"fence\":-1}",
                "HEAD\"owner\":\"a\",\"expires\":1,\"fence\":1e3}",
                "HEAD\"owner\":\"a\",\"expires\":1,\"fence\":true}",
                "HEAD\"owner\":{\"a\":1},\"expires\":1,\"fence\":1}",
            })
    void whatIsNoLeaseIsRefusedWithItsName(String json) {
        assertThatThrownBy(() -> read(json.replace("HEAD", HEAD)))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("lake/_glulam_lease_00000007.json");
    }
}

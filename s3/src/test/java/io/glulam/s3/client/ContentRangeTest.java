package io.glulam.s3.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
class ContentRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes 0-0/1, 0, 1",
        "bytes 100-199/1234, 100, 1234",
        "bytes 5-999999999999999999/999999999999999999, 5, 999999999999999999",
        // What says less, or is none.
        "'', -1, -1",
        "bytes */1234, -1, -1",
        "bytes 100-199/*, -1, -1",
        "bytes 100-/1234, -1, -1",
        "bytes=100-199/1234, -1, -1",
        "'bytes 100-199/1234 ', -1, -1",
        "bytes -1-199/1234, -1, -1",
        "bytes 100-199/1000000000000000000, -1, -1",
        "items 100-199/1234, -1, -1",
    })
    void aHeaderSaysWhereBytesBeginAndHowManyThereAre(String header, long start, long total) {
        assertThat(ContentRange.start(header)).isEqualTo(start);
        assertThat(ContentRange.total(header)).isEqualTo(total);
    }

    @Test
    void noHeaderSaysNothing() {
        assertThat(ContentRange.start(null)).isEqualTo(-1);
        assertThat(ContentRange.total(null)).isEqualTo(-1);
    }
}

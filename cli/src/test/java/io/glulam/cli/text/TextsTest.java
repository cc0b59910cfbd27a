package io.glulam.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0 ms",
        "400000, 0.4 ms",
        "450000000, 450 ms",
        "999600000, 1.0 s",
        "3200000000, 3.2 s",
        "99949000000, 99.9 s",
        "125000000000, 2 min 05 s",
        "3599700000000, 1 h 00 min",
        "3720000000000, 1 h 02 min"
    })
    void durationsAreReadable(long nanos, String text) {
        assertThat(Texts.duration(Duration.ofNanos(nanos))).isEqualTo(text);
    }
}

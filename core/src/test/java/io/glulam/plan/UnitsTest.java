package io.glulam.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1434, 1.4 KiB",
        "1468006, 1.4 MiB",
        "134217728, 128 MiB",
        "1048575, 1.0 MiB",
        "104857599, 100 MiB",
        "1073741823, 1.0 GiB",
        "-1468006, -1.4 MiB",
        "9223372036854775807, 8.0 EiB",
        "-9223372036854775808, -8.0 EiB"
    })
    void sizesAreReadable(long bytes, String text) {
        assertThat(Units.size(bytes)).isEqualTo(text);
    }

    @Test
    void countsHaveSeparators() {
        assertThat(Units.count(1_048_576)).isEqualTo("1,048,576");
        assertThat(Units.count(-7)).isEqualTo("-7");
        assertThat(Units.percent(1, 3)).isEqualTo("33.3 %");
        assertThat(Units.percent(0, 0)).isEqualTo("0.0 %");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "4096B, 4096",
        "2MiB, 2097152",
        "2 mib, 2097152",
        "2 MB, 2000000",
        "1.5GiB, 1610612736",
        "128M, 134217728",
        "16k, 16384",
        "0.1 kB, 100",
        "' 1 TiB ', 1099511627776"
    })
    void sizesAreParsed(String text, long bytes) {
        assertThat(Units.parseSize(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "1,5MB", "2 XB", "1e9", "0x10", "1 2", "2MiBs", "1.MB", "٣MB"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Units.parseSize(text))
                .withMessage("'" + text + "' is not a size; write it like 2MiB, 1.5GB or as a number of bytes");
    }

    @Test
    void sizesBeyondEveryFileAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Units.parseSize("999999999999999999 TiB"))
                .withMessage("'999999999999999999 TiB' is more than any file holds");
    }

    @Test
    void sizesPrintedAreSizesParsed() {
        for (long bytes : new long[] {0, 512, 1 << 20, 128L << 20, 5L << 30}) {
            assertThat(Units.parseSize(Units.size(bytes))).isEqualTo(bytes);
        }
    }
}

package io.glulam.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.footer.RawKeyValue;
import io.glulam.format.ThriftWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that Spark reads in different calendars must not become one: values before 1582-10-15 would change. */
@Tag("once")
class SparkCalendarTest {
    private static RawKeyValue entry(String key, String value) {
        ThriftWriter out = new ThriftWriter(64);
        int outer = out.enterStruct();
        out.binaryField(1, key.getBytes(StandardCharsets.UTF_8));
        out.binaryField(2, value.getBytes(StandardCharsets.UTF_8));
        out.leaveStruct(outer);
        return new RawKeyValue(key, out.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "3.0.0, PROLEPTIC",
        "3.5.1, PROLEPTIC",
        "4.0.0, PROLEPTIC",
        "2.4.8, HYBRID",
        "2.10.0, HYBRID",
        "3.0, HYBRID",
        "'', HYBRID"
    })
    void theCalendarGoesByTheVersionsText(String version, SparkCalendar expected) {
        assertThat(SparkCalendar.of(List.of(entry("other", "9.9.9"), entry(SparkCalendar.KEY, version))))
                .isEqualTo(expected);
    }

    @Test
    void withoutAnEntryTheSessionDecides() {
        assertThat(SparkCalendar.of(List.of())).isEqualTo(SparkCalendar.UNDECLARED);
        assertThat(SparkCalendar.of(List.of(entry("spark", "3.5.1")))).isEqualTo(SparkCalendar.UNDECLARED);
    }

    @Test
    void ofTwoEntriesTheFirstCounts() {
        assertThat(SparkCalendar.of(List.of(entry(SparkCalendar.KEY, "2.4.8"), entry(SparkCalendar.KEY, "3.5.1"))))
                .isEqualTo(SparkCalendar.HYBRID);
    }
}

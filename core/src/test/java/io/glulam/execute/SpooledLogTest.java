package io.glulam.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.storage.MemorySpool;
import io.glulam.storage.RangeSpool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was appended is read back in its order, from memory and from where the rest lies. */
@Tag("once")
class SpooledLogTest {
    private int overflows;

    private RangeSpool overflow() {
        overflows++;
        return new MemorySpool(64 << 20);
    }

    /** A number, or a byte string; null for one that is read back as null. */
    private static List<Object> entries(int count, Random random) {
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(5)) {
                case 0 -> entries.add((long) random.nextInt(100) - 50);
                case 1 -> entries.add(random.nextLong() >> random.nextInt(64));
                case 2 -> entries.add(null);
                case 3 -> entries.add(bytes(1 + random.nextInt(30), random));
                default -> entries.add(bytes(1 + random.nextInt(random.nextInt(20) == 0 ? 40_000 : 300), random));
            }
        }
        return entries;
    }

    private static byte[] bytes(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void add(SpooledLog log, Object entry) {
        if (entry instanceof Long number) {
            log.add(number);
        } else {
            log.add((byte[]) entry);
        }
    }

    private static void expect(SpooledLog.Reader reader, Object entry) {
        if (entry instanceof Long number) {
            assertThat(reader.number()).isEqualTo(number);
        } else {
            assertThat(reader.bytes()).isEqualTo(entry);
        }
    }

    @ParameterizedTest(name = "{0} entries")
    @ValueSource(ints = {0, 1, 10, 500, 5_000})
    void entriesAreReadInTheirOrderAsOftenAsIsAsked(int count) {
        List<Object> entries = entries(count, new Random(count));
        try (SpooledLog log = new SpooledLog(this::overflow)) {
            entries.forEach(entry -> add(log, entry));
            SpooledLog.Reader first = log.reader();
            SpooledLog.Reader second = log.reader();
            for (Object entry : entries) {
                expect(first, entry);
                expect(second, entry);
            }
            SpooledLog.Reader third = log.reader();
            entries.forEach(entry -> expect(third, entry));
        }
        assertThat(overflows).isEqualTo(count == 5_000 ? 1 : 0);
    }

    @Test
    void numbersOfEverySizeAreTheSame() {
        try (SpooledLog log = new SpooledLog(this::overflow)) {
            for (int shift = 0; shift < 64; shift++) {
                log.add(1L << shift);
                log.add(-(1L << shift));
                log.add((1L << shift) - 1);
            }
            log.add(Long.MAX_VALUE);
            log.add(Long.MIN_VALUE);
            SpooledLog.Reader reader = log.reader();
            for (int shift = 0; shift < 64; shift++) {
                assertThat(reader.number()).isEqualTo(1L << shift);
                assertThat(reader.number()).isEqualTo(-(1L << shift));
                assertThat(reader.number()).isEqualTo((1L << shift) - 1);
            }
            assertThat(reader.number()).isEqualTo(Long.MAX_VALUE);
            assertThat(reader.number()).isEqualTo(Long.MIN_VALUE);
        }
    }

    @Test
    void anEmptyByteStringIsReadAsNone() {
        try (SpooledLog log = new SpooledLog(this::overflow)) {
            log.add(new byte[0]);
            log.add(7);
            SpooledLog.Reader reader = log.reader();
            assertThat(reader.bytes()).isNull();
            assertThat(reader.number()).isEqualTo(7);
        }
    }
}

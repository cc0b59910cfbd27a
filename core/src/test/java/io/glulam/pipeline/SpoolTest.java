package io.glulam.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.storage.MemorySpool;
import io.glulam.storage.RangeSpool;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was appended is read again, wherever it lies. */
@Tag("once")
class SpoolTest {
    private static final int SIZE = 700_000;

    private int overflows;

    private RangeSpool overflow() {
        overflows++;
        return new MemorySpool(1 << 20);
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[SIZE];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    private Spool filled(int memoryLimit, byte[] bytes) {
        Spool spool = new Spool(memoryLimit, this::overflow);
        Random random = new Random(4);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(20_000));
            spool.append(bytes, at, length);
            at += length;
        }
        return spool;
    }

    @ParameterizedTest(name = "{0} bytes in memory")
    @ValueSource(ints = {0, 1, 100_000, SIZE - 1, SIZE})
    void everyRangeIsReadAsItWasAppended(int memoryLimit) {
        byte[] bytes = bytes();
        Random random = new Random(5);
        try (Spool spool = filled(memoryLimit, bytes)) {
            assertThat(spool.size()).isEqualTo(SIZE);
            assertThat(overflows).isEqualTo(memoryLimit < SIZE ? 1 : 0);
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(SIZE);
                int length = random.nextInt(SIZE - from);
                byte[] expected = Arrays.copyOfRange(bytes, from, from + length);
                byte[] into = new byte[length + 2];
                spool.read(from, into, 1, length);
                assertThat(Arrays.copyOfRange(into, 1, length + 1)).isEqualTo(expected);
                ByteBuffer direct = ByteBuffer.allocateDirect(length);
                spool.read(from, direct);
                assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap(expected));
            }
            assertThat(all(spool)).isEqualTo(bytes);
        }
    }

    private static byte[] all(Spool spool) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        spool.writeTo(part -> {
            byte[] some = new byte[part.remaining()];
            part.get(some);
            all.writeBytes(some);
        });
        return all.toByteArray();
    }

    @Test
    void fewBytesTakeNoTemporaryFile() {
        try (Spool spool = new Spool(10, this::overflow)) {
            assertThat(all(spool)).isEmpty();
            spool.append(new byte[10], 0, 10);
            assertThat(overflows).isZero();
            spool.append(new byte[1], 0, 1);
            assertThat(overflows).isOne();
        }
    }
}

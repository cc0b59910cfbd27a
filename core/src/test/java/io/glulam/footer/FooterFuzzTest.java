package io.glulam.footer;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.glulam.error.GlulamException;
import io.glulam.testkit.generate.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken footers: read and written again, or refused, and nothing else. */
@Tag("once")
class FooterFuzzTest {
    private static final int MUTATIONS = 500;

    static LongStream seeds() {
        return Seeds.stream(40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void mutatedFootersAreReadOrRefused(long seed) {
        byte[] sound = OracleFooters.write(new FooterGenerator(seed).next());
        Random random = new Random(Seeds.derive(seed, "mutations"));
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] broken = mutate(sound, random);
            assertThatCode(() -> readAndWrite(broken))
                    .as("seed %d, mutation %d", seed, i)
                    .doesNotThrowAnyException();
        }
    }

    private static void readAndWrite(byte[] bytes) {
        try {
            Footer footer = Footer.parse(bytes, FooterGenerator.OFFSET);
            footer.keyValueMetadata();
            for (int i = 0; i < footer.rowGroupCount(); i++) {
                footer.sortingColumns(i);
            }
            Footer.parse(new Relocation(footer, 1).write(), 10 * FooterGenerator.OFFSET);
        } catch (GlulamException refused) {
            // The other permitted outcome.
        }
    }

    static byte[] mutate(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(9)), (byte) 0xff);
            case 3 -> bytes = Arrays.copyOf(bytes, at);
            default -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
                System.arraycopy(sound, from, bytes, at, length);
            }
        }
        return bytes;
    }
}

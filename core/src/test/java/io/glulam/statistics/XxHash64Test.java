package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.testkit.generate.Seeds;
import java.util.Random;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;

class XxHash64Test {
    private static final XXHash64 ORACLE = XXHashFactory.safeInstance().hash64();

    @Test
    void isXxHash64WithSeedZeroForEveryLengthAndPosition() {
        Random random = new Random(Seeds.base());
        byte[] bytes = new byte[400];
        random.nextBytes(bytes);
        for (int length = 0; length < 300; length++) {
            int from = random.nextInt(100);
            assertThat(XxHash64.hash(bytes, from, length))
                    .as("%s bytes from %s, seed %s", length, from, Seeds.base())
                    .isEqualTo(ORACLE.hash(bytes, from, length, 0));
        }
    }

    @Test
    void staysWithinTheArray() {
        assertThatThrownBy(() -> XxHash64.hash(new byte[10], 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}

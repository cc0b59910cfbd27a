package io.glulam.testkit.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;

class XxHash64Test {
    @Test
    void givesThePublishedHashes() {
        assertThat(XxHash64.hash(new byte[0])).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(XxHash64.hash("a".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xD24EC4F1A98C6E5BL);
    }

    @Test
    void agreesWithAnotherImplementationForEveryLength() {
        Random random = new Random(7);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            long expected = XXHashFactory.safeInstance().hash64().hash(bytes, 0, length, 0);
            assertThat(XxHash64.hash(bytes)).as("length %d", length).isEqualTo(expected);
        }
    }
}

package io.glulam.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A float that becomes a double is the same number, and the same NaN. */
@Tag("once")
class DoubleBitsTest {
    @Test
    void numbersAreTheSame() {
        Random random = new Random(1);
        for (int exponent = 0; exponent < 255; exponent++) {
            for (int i = 0; i < 20; i++) {
                int bits = random.nextInt(2) << 31 | exponent << 23 | random.nextInt(1 << 23);
                assertThat(DoubleBits.of(bits))
                        .isEqualTo(Double.doubleToRawLongBits((double) Float.intBitsToFloat(bits)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            floats = {
                0f,
                -0f,
                Float.MIN_VALUE,
                -Float.MIN_VALUE,
                Float.MIN_NORMAL,
                Float.MAX_VALUE,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY
            })
    void soAreTheExtremes(float value) {
        assertThat(Double.longBitsToDouble(DoubleBits.of(Float.floatToRawIntBits(value))))
                .isEqualTo((double) value);
        assertThat(DoubleBits.of(Float.floatToRawIntBits(value)) < 0).isEqualTo(Float.floatToRawIntBits(value) < 0);
    }

    @Test
    void aNaNKeepsItsSignAndItsPayload() {
        assertThat(DoubleBits.of(0x7fc00000)).isEqualTo(0x7ff8000000000000L);
        assertThat(DoubleBits.of(0xffc00000)).isEqualTo(0xfff8000000000000L);
        assertThat(DoubleBits.of(0x7fffffff)).isEqualTo(0x7fffffffe0000000L);
        assertThat(DoubleBits.of(0xffc12345)).isEqualTo(0xfff82468a0000000L);
    }

    @Test
    void aSignalingNaNStaysOne() {
        assertThat(DoubleBits.of(0x7f800001)).isEqualTo(0x7ff0000020000000L);
        assertThat(DoubleBits.of(0xffbfffff)).isEqualTo(0xfff7ffffe0000000L);
    }
}

package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.SortOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BoundAgreementTest {
    private final BoundAgreement strings = new BoundAgreement(ValueOrder.of(SortOrder.BYTES_UNSIGNED, 0));
    private final BoundAgreement numbers = new BoundAgreement(ValueOrder.of(SortOrder.INT32_SIGNED, 0));

    @Test
    void aLowerBoundMayBeCutToAPrefix() {
        assertThat(strings.sameLower(bytes("abc"), bytes("abcdef"))).isTrue();
        assertThat(strings.sameLower(bytes("abcdef"), bytes("abc"))).isTrue();
        assertThat(strings.sameLower(bytes("abd"), bytes("abcdef"))).isFalse();
        assertThat(strings.isWithinLower(bytes("abc"), bytes("abcdef"))).isTrue();
        assertThat(strings.isWithinLower(bytes("abb"), bytes("abcdef"))).isFalse();
    }

    @Test
    void anUpperBoundMayBeCutAndItsLastCharacterRaised() {
        assertThat(strings.sameUpper(bytes("abcdefh"), bytes("abcdefgxyz"))).isTrue();
        assertThat(strings.sameUpper(bytes("abcdefgxyz"), bytes("abcdefh"))).isTrue();
        assertThat(strings.sameUpper(bytes("äöüß"), bytes("äöüÞxyz"))).isTrue();
        assertThat(strings.sameUpper(bytes("abcdefg"), bytes("abcdefgxyz"))).isFalse();
        assertThat(strings.sameUpper(bytes("b"), bytes("abcdefgxyz"))).isFalse();
        assertThat(strings.sameUpper(bytes("abcdef 79"), bytes("abcdef 41"))).isFalse();
        assertThat(strings.isWithinUpper(bytes("abcdefh"), bytes("abcdefgxyz"))).isTrue();
        assertThat(strings.isWithinUpper(bytes("zzz"), bytes("abcdefgxyz"))).isFalse();
    }

    @Test
    void numbersAreNotCut() {
        assertThat(numbers.sameLower(new byte[4], new byte[4])).isTrue();
        assertThat(numbers.sameLower(new byte[] {1, 0, 0, 0}, new byte[4])).isFalse();
        assertThat(numbers.sameUpper(new byte[] {1, 0, 0, 0}, new byte[4])).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.glulam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import org.junit.jupiter.api.Test;

class FragmentPolicyTest {
    private static final long MB = 1_000_000;
    private static final long MIB = 1 << 20;
    private static final Settings AUTO = Settings.defaults().withThreshold(Threshold.AUTO);

    @Test
    void theDefaultIsTwoMebibytesForEveryFile() {
        assertThat(FragmentPolicy.threshold(Settings.defaults(), 1)).isEqualTo(2 * MIB);
        assertThat(FragmentPolicy.threshold(Settings.defaults(), Long.MAX_VALUE))
                .isEqualTo(2 * MIB);
    }

    @Test
    void theAutomaticThresholdGrowsWithTheFile() {
        assertThat(FragmentPolicy.threshold(AUTO, 0)).isEqualTo(MIB);
        assertThat(FragmentPolicy.threshold(AUTO, 100 * MB)).isEqualTo(MIB);
        assertThat(FragmentPolicy.threshold(AUTO, 100 * MB + 1)).isEqualTo(2 * MIB);
        assertThat(FragmentPolicy.threshold(AUTO, 500 * MB)).isEqualTo(2 * MIB);
        assertThat(FragmentPolicy.threshold(AUTO, 750 * MB)).isEqualTo(6 * MIB);
        assertThat(FragmentPolicy.threshold(AUTO, 1000 * MB)).isEqualTo(10 * MIB);
        assertThat(FragmentPolicy.threshold(AUTO, Long.MAX_VALUE)).isEqualTo(10 * MIB);
    }

    @Test
    void theAutomaticThresholdNeverFalls() {
        long before = 0;
        for (long size = 0; size < 1200 * MB; size += MB / 3) {
            long threshold = FragmentPolicy.threshold(AUTO, size);
            assertThat(threshold).as("%d bytes", size).isGreaterThanOrEqualTo(before);
            before = threshold;
        }
    }

    @Test
    void noThresholdIsAboveThreeTenthsOfTheTarget() {
        Settings settings = Settings.defaults().withThreshold(new Threshold.Fixed(100 * MIB));
        assertThat(FragmentPolicy.threshold(settings, 1)).isBetween(38 * MIB, 39 * MIB);
        assertThat(FragmentPolicy.threshold(settings.withTargetBytes(1), 1)).isEqualTo(1);
    }
}

package io.glulam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.GroupLayout;
import io.glulam.plan.Layout;
import io.glulam.plan.Order;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every layout, on simulated footers of many shapes. */
@Tag("once")
class LayoutPropertyTest {
    private static final int CASES = 20_000;

    @ParameterizedTest
    @EnumSource
    void theLayoutOfAResultIsEmptyHoweverFarItsSizesWereMisjudged(Order order) {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            SimulatedFooter footer = footer(random);
            Settings settings = settings(random, footer).withOrder(order);
            Layout first = LayoutPolicy.layout(footer, settings, footer.fileSize());
            double most = settings.threshold() instanceof Threshold.Auto ? 1 + 1 / 16.0 : 1.4;
            SimulatedFooter result = footer.after(first, random, 0.6, most);
            Layout second = LayoutPolicy.layout(result, settings, result.fileSize());
            assertThat(second.isEmpty())
                    .as("seed %d, %s: %s became %s, then %s", seed, settings, footer, result, second.groups())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRowGroupIsUsedOnceAndMergedOnesKeepTheLimits(Order order) {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            SimulatedFooter footer = footer(random);
            Settings settings = settings(random, footer).withOrder(order);
            Layout layout = LayoutPolicy.layout(footer, settings, footer.fileSize());
            try {
                check(layout, footer, settings);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", " + settings + ": " + footer + " became " + layout.groups(), e);
            }
        }
    }

    private static void check(Layout layout, SimulatedFooter footer, Settings settings) {
        List<Integer> used = new ArrayList<>(layout.dropped().stream().boxed().toList());
        for (GroupLayout group : layout.groups()) {
            group.sources().forEach(used::add);
            assertThat(group.sources().stream().mapToLong(footer::rows).sum()).isEqualTo(group.rows());
            assertThat(group.sources().stream()
                            .mapToLong(footer::compressedSize)
                            .sum())
                    .isEqualTo(group.sourceBytes());
            if (group.isMerged()) {
                assertThat(group.rows()).isLessThanOrEqualTo(settings.maxRows());
                assertThat(group.sourceBytes()).isLessThanOrEqualTo(settings.targetBytes());
            }
        }
        if (settings.order() == Order.PRESERVE && layout.dropped().isEmpty()) {
            assertThat(used).isSorted();
        }
        Collections.sort(used);
        assertThat(used).isEqualTo(IntStream.range(0, footer.count()).boxed().toList());
    }

    private static SimulatedFooter footer(Random random) {
        int count = random.nextInt(random.nextInt(4) == 0 ? 200 : 12);
        double spread = random.nextDouble() * 8;
        double rowsSpread = random.nextDouble() * 6;
        double scale = Math.pow(10, 3 + 4.5 * random.nextDouble());
        double rowsScale = Math.pow(10, 1 + 4 * random.nextDouble());
        long[] rows = new long[count];
        long[] bytes = new long[count];
        for (int i = 0; i < count; i++) {
            rows[i] = random.nextInt(20) == 0 ? 0 : 1 + (long) (rowsScale * Math.exp(rowsSpread * random.nextDouble()));
            bytes[i] = 1 + (long) (scale * Math.exp(spread * (random.nextDouble() - 0.7)));
        }
        return new SimulatedFooter(rows, bytes);
    }

    /** Thresholds and targets near each other and near the footer's sizes, where the policy has most to decide. */
    private static Settings settings(Random random, SimulatedFooter footer) {
        Settings settings = Settings.defaults();
        if (random.nextInt(3) == 0) {
            return random.nextBoolean() ? settings : settings.withThreshold(Threshold.AUTO);
        }
        long mean = 1 + footer.fileSize() / Math.max(1, footer.count());
        long threshold = 1 + (long) (mean * 4 * random.nextDouble());
        long target = 1 + (long) (threshold * Math.exp(4 * random.nextDouble() - 0.5));
        long meanRows =
                1 + IntStream.range(0, footer.count()).mapToLong(footer::rows).sum() / Math.max(1, footer.count());
        long maxRows = random.nextBoolean() ? 1 << 20 : 1 + (long) (meanRows * Math.exp(3 * random.nextDouble()));
        return settings.withThreshold(new Threshold.Fixed(threshold))
                .withTargetBytes(target)
                .withMaxRows(maxRows);
    }
}

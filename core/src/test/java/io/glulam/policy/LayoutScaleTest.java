package io.glulam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Layout;
import io.glulam.plan.Order;
import io.glulam.plan.Settings;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A million row groups: the policies' work grows with their number, not with its square. */
class LayoutScaleTest {
    private static final int COUNT = 1_000_000;

    @ParameterizedTest
    @EnumSource
    void aMillionFragmentsAreMerged(Order order) {
        Layout layout = layout(order, 1, 400_000, 5_000);
        assertThat(layout.groups()).hasSizeBetween(1, COUNT / 100);
        assertThat(layout.groups()).allMatch(group -> group.isMerged());
    }

    @ParameterizedTest
    @EnumSource
    void aMillionRowGroupsOfAllSizesAreMerged(Order order) {
        Layout layout = layout(order, 2, 6_000_000, 50_000);
        assertThat(layout.groups()).hasSizeLessThan(COUNT);
    }

    @ParameterizedTest
    @EnumSource
    void aMillionFragmentsThatNoTwoFitAreKept(Order order) {
        SimulatedFooter footer = new SimulatedFooter(new long[COUNT], new long[COUNT]);
        java.util.Arrays.fill(footer.rows(), 600_000);
        java.util.Arrays.fill(footer.bytes(), 1_000);
        assertThat(LayoutPolicy.layout(footer, Settings.defaults().withOrder(order), 1)
                        .isEmpty())
                .isTrue();
    }

    private static Layout layout(Order order, long seed, int mostBytes, int mostRows) {
        Random random = new Random(seed);
        SimulatedFooter footer = new SimulatedFooter(
                random.longs(COUNT, 1, mostRows).toArray(),
                random.longs(COUNT, 1, mostBytes).toArray());
        return LayoutPolicy.layout(footer, Settings.defaults().withOrder(order), footer.fileSize());
    }
}

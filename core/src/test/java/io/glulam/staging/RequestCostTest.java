package io.glulam.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.storage.ByteRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestCostTest {
    private static final List<ByteRange> RANGES =
            List.of(new ByteRange(0, 100), new ByteRange(150, 200), new ByteRange(1_000, 1_100));

    @Test
    void whatLiesBetweenTwoRangesIsFetchedAlongWhereARequestCostsMore() {
        assertThat(new RequestCost(40).joined(RANGES)).isEqualTo(RANGES);
        assertThat(new RequestCost(60).joined(RANGES))
                .containsExactly(new ByteRange(0, 200), new ByteRange(1_000, 1_100));
        assertThat(new RequestCost(900).joined(RANGES)).containsExactly(new ByteRange(0, 1_100));
    }

    @Test
    void joiningNeverCostsMore() {
        for (long requestBytes : new long[] {0, 40, 60, 799, 801, 5_000}) {
            RequestCost cost = new RequestCost(requestBytes);

            assertThat(cost.of(cost.joined(RANGES))).isLessThanOrEqualTo(cost.of(RANGES));
        }
    }

    @Test
    void aRequestCostsTheBytesThatItCouldHaveTransferred() {
        assertThat(new RequestCost(1_000).of(RANGES)).isEqualTo(3_250);
        assertThat(new RequestCost(1_000).ofRequests(0.5)).isEqualTo(500);
    }
}

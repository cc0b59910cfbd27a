package io.glulam.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectRef;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every byte of a joined object is one of the magic, of one input, or of the tail. */
@Tag("once")
class RegionsTest {
    private static Slice slice(long start, long end) {
        Input input = new Input(new ObjectRef(LocalStore.INSTANCE, start + "-" + end), Long.MAX_VALUE, "1");
        return new Slice(input, 0, 1, start, end, true);
    }

    @Test
    void regionsFollowEachOther() {
        Regions regions = Regions.of(List.of(slice(0, 100), slice(40, 60), slice(7, 7), slice(5, 25)));

        assertThat(regions.start()).isZero();
        assertThat(regions.end()).isEqualTo(140);
        for (int at = 0; at < 140; at++) {
            int input = at < 100 ? 0 : at < 120 ? 1 : 3;
            assertThat(regions.hold(at)).isTrue();
            assertThat(regions.inputAt(at)).isEqualTo(input);
            assertThat(regions.hold(at, input)).isTrue();
            assertThat(regions.hold(at, (input + 1) % 4)).isFalse();
        }
        assertThat(regions.hold(-1)).isFalse();
        assertThat(regions.hold(140)).isFalse();
    }

    @Test
    void placesAreThoseOfTheInputShifted() {
        Regions regions = Regions.of(List.of(slice(0, 100), slice(40, 60), slice(5, 25)));

        assertThat(40 + regions.shift(1)).isEqualTo(100);
        assertThat(regions.end(1) - regions.shift(1)).isEqualTo(60);
        assertThat(24 + regions.shift(2)).isEqualTo(139);
    }

    @Test
    void aRegionThatDoesNotBeginItsFileStandsAfterTheMagic() {
        Regions regions = Regions.of(List.of(slice(40, 60), slice(0, 10)));

        assertThat(regions.start()).isEqualTo(4);
        assertThat(regions.hold(3)).isFalse();
        assertThat(regions.inputAt(4)).isZero();
        assertThat(40 + regions.shift(0)).isEqualTo(4);
        assertThat(regions.end()).isEqualTo(34);
    }

    @Test
    void anObjectOfMoreBytesThanALongCountsIsRefused() {
        List<Slice> slices = List.of(slice(0, Long.MAX_VALUE), slice(0, 1));

        assertThatThrownBy(() -> Regions.of(slices)).isInstanceOf(ArithmeticException.class);
    }
}

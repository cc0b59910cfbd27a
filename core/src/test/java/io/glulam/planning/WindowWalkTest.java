package io.glulam.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.ColumnChunk;
import io.glulam.source.FragmentChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which chunks a window of values is read from, and how many values of them come before it. */
@Tag("once")
class WindowWalkTest {
    private static final int WINDOW = 40;

    private final List<List<FragmentChunk>> groups = List.of(fragments(100, 50), fragments(30, 200));
    private final List<Integer> asked = new ArrayList<>();
    private final WindowWalk walk = new WindowWalk(
            groups.stream().map(ColumnExtent::told).toList(),
            group -> {
                asked.add(group);
                return groups.get(group);
            },
            WINDOW);

    private static List<FragmentChunk> fragments(long... values) {
        return LongStream.of(values)
                .mapToObj(count -> new FragmentChunk(null, 0, count, chunk(count)))
                .toList();
    }

    private static ColumnChunk chunk(long values) {
        return new ColumnChunk(
                1,
                new int[0],
                0,
                values,
                8 * values,
                8 * values,
                new ColumnChunk.Pages(4, 0, 0),
                null,
                List.of(),
                null,
                null,
                null,
                ColumnChunk.Tail.NONE);
    }

    /** The numbers of values in the chunks of a window. */
    private List<Long> window(long start) {
        return walk.window(start).stream()
                .map(fragment -> fragment.chunk().valueCount())
                .toList();
    }

    @Test
    void aWindowWithinAChunkIsOfItAlone() {
        assertThat(window(0)).containsExactly(100L);
        assertThat(walk.skip()).isZero();
        assertThat(window(60)).containsExactly(100L);
        assertThat(walk.skip()).isEqualTo(60);
    }

    @Test
    void aWindowGoesOnIntoTheNextChunkAndTheNextRowGroup() {
        assertThat(window(61)).containsExactly(100L, 50L);
        assertThat(window(120)).containsExactly(50L, 30L);
        assertThat(walk.skip()).isEqualTo(20);
    }

    @Test
    void aChunkNoLongerThanAWindowIsTakenFromItsBeginning() {
        assertThat(window(160)).containsExactly(30L, 200L);
        assertThat(walk.skip()).isZero();
    }

    @Test
    void atTheEndAWindowIsShorter() {
        assertThat(window(370)).containsExactly(200L);
        assertThat(walk.skip()).isEqualTo(190);
    }

    @Test
    void theChunksOfARowGroupAreAskedForOnceWhereWindowsAreInOrder() {
        window(0);
        window(60);
        window(120);
        window(200);

        assertThat(asked).containsExactly(0, 1);
    }

    @Test
    void theFooterTellsWhatTheSumsAre() {
        assertThat(ColumnExtent.told(groups.get(0))).isEqualTo(new ColumnExtent(150, 1200));
        assertThat(ColumnExtent.told(groups.get(0)).isPossible()).isTrue();
    }

    @Test
    void whatNoFooterCanTellIsNotPossible() {
        assertThat(ColumnExtent.told(fragments(100, 0)).isPossible()).isFalse();
        assertThat(ColumnExtent.told(fragments(-1, 100)).isPossible()).isFalse();
        assertThat(ColumnExtent.told(fragments(Long.MAX_VALUE, Long.MAX_VALUE)).isPossible())
                .isFalse();
        assertThat(new ColumnExtent(1, 0).isPossible()).isFalse();
    }
}

package io.glulam.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.join.Input;
import io.glulam.join.Slice;
import io.glulam.local.LocalStore;
import io.glulam.merge.OutputPacking.Packed;
import io.glulam.merge.ScannedInput.Region;
import io.glulam.storage.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which inputs go into which output, by sizes alone. */
@Tag("once")
class OutputPackingTest {
    private static final int FOOTER_BYTES = 800;

    /** An input of one row group that is a fragment. */
    private static ScannedInput small(String name, long bytes) {
        return new ScannedInput(input(name, bytes), 1, 10, bytes, FOOTER_BYTES, false, null);
    }

    private static ScannedInput healthy(String name, long bytes) {
        return new ScannedInput(input(name, bytes), 1, 10, bytes, FOOTER_BYTES, true, null);
    }

    /** An input that may be split between its row groups. */
    private static ScannedInput large(String name, long... rowGroups) {
        long bytes = 0;
        for (long rowGroup : rowGroups) {
            bytes += rowGroup;
        }
        Input input = input(name, bytes);
        List<Region> regions = new ArrayList<>();
        long at = 4;
        for (int i = 0; i < rowGroups.length; i++) {
            boolean last = i == rowGroups.length - 1;
            regions.add(new Region(rowGroups[i], new Slice(input, i, i + 1, at, at + rowGroups[i], last)));
            at += rowGroups[i];
        }
        return new ScannedInput(input, rowGroups.length, 10, bytes, FOOTER_BYTES, false, regions);
    }

    private static Input input(String name, long bytes) {
        return new Input(new ObjectRef(LocalStore.INSTANCE, name), bytes + 100, "1");
    }

    private static OutputPacking packing(long maxFileBytes, ScannedInput... inputs) {
        return new OutputPacking(List.of(inputs), maxFileBytes, Long.MAX_VALUE);
    }

    private static List<Packed> all(OutputPacking packing) {
        List<Packed> all = new ArrayList<>();
        while (packing.hasNext()) {
            all.add(packing.next());
        }
        return all;
    }

    /** The names of each output's inputs, with the row groups of those that are split. */
    private static List<String> names(OutputPacking packing) {
        return all(packing).stream()
                .map(packed -> String.join(
                        " ",
                        packed.slices().stream().map(OutputPackingTest::name).toList()))
                .toList();
    }

    private static String name(Slice slice) {
        boolean whole = slice.start() == 0;
        String name = slice.input().object().key();
        return whole ? name : name + "[" + slice.from() + "," + slice.to() + ")";
    }

    @Test
    void anOutputIsFullWhenTheNextInputWouldPassItsSize() {
        OutputPacking packing = packing(100, small("a", 40), small("b", 60), small("c", 1), small("d", 100));

        assertThat(names(packing)).containsExactly("a b", "c", "d");
    }

    @Test
    void anInputThatIsLargerThanAnOutputIsOneByItself() {
        OutputPacking packing = packing(100, small("a", 40), small("b", 500), small("c", 40));

        assertThat(names(packing)).containsExactly("a", "b", "c");
    }

    @Test
    void aHealthyInputOfAnOutputsSizeStaysByItself() {
        List<Packed> outputs = all(packing(100, small("a", 10), healthy("b", 75), small("c", 10)));

        assertThat(outputs).hasSize(3);
        ScannedInput alone = outputs.get(1).alone();
        assertThat(alone).isNotNull();
        assertThat(alone.input().object().key()).isEqualTo("b");
        assertThat(outputs.get(1).bytes()).isEqualTo(75);
    }

    @Test
    void oneOfFragmentsIsMergedOnAndSoIsOneThatIsTooSmall() {
        assertThat(names(packing(100, small("a", 10), small("b", 75), small("c", 10))))
                .containsExactly("a b c");
        assertThat(names(packing(100, small("a", 10), healthy("b", 74), small("c", 10))))
                .containsExactly("a b c");
    }

    @Test
    void onlyAWholeInputIsAlone() {
        List<Packed> outputs = all(packing(100, small("a", 100), large("b", 60, 60), small("c", 50), small("d", 50)));

        assertThat(outputs).hasSize(4);
        assertThat(outputs.get(0).alone()).isNotNull();
        assertThat(outputs.get(1).alone()).isNull();
        assertThat(outputs.get(2).alone()).isNull();
    }

    @Test
    void aLargeInputIsSplitBetweenItsRowGroups() {
        OutputPacking packing = packing(100, small("a", 30), large("b", 40, 40, 40, 90), small("c", 5));

        assertThat(names(packing)).containsExactly("a b[0,1)", "b[1,3)", "b[3,4) c");
    }

    @Test
    void rowGroupsThatFollowEachOtherAreOneRegion() {
        List<Packed> outputs = all(packing(100, large("b", 40, 40, 40)));

        Slice slice = outputs.get(0).slices().get(0);
        assertThat(slice.start()).isEqualTo(4);
        assertThat(slice.end()).isEqualTo(84);
        assertThat(slice.last()).isFalse();
        assertThat(outputs.get(0).bytes()).isEqualTo(80);
        assertThat(outputs.get(1).slices().get(0).last()).isTrue();
    }

    @Test
    void theFootersOfAnOutputFitTheMemory() {
        long twoFooters = 2 * (FOOTER_BYTES + 1_200);
        List<ScannedInput> inputs = List.of(small("a", 1), small("b", 1), small("c", 1));

        assertThat(names(new OutputPacking(inputs, 100, twoFooters))).containsExactly("a b", "c");
        assertThat(names(new OutputPacking(inputs, 100, twoFooters - 1))).containsExactly("a", "b", "c");
        assertThat(names(new OutputPacking(inputs, 100, 0))).containsExactly("a", "b", "c");
    }

    @Test
    void outputsThatComeOutSmallerTakeMore() {
        OutputPacking packing = packing(100, small("a", 100), small("b", 100), small("c", 100), small("d", 1));
        packing.observe(50, 100);

        assertThat(names(packing)).containsExactly("a b", "c d");
    }

    @Test
    void atMostTwentyTimesAsManyAndNeverFewer() {
        OutputPacking empty = packing(100, small("a", 1_000), small("b", 900), small("c", 200));
        empty.observe(0, 100);
        assertThat(names(empty)).containsExactly("a b", "c");

        OutputPacking grown = packing(100, small("a", 50), small("b", 50));
        grown.observe(300, 100);
        assertThat(names(grown)).containsExactly("a b");
    }

    @Test
    void afterTheLastOutputThereIsNone() {
        OutputPacking packing = packing(100, small("a", 40));
        packing.next();

        assertThat(packing.hasNext()).isFalse();
        assertThatThrownBy(packing::next).isInstanceOf(NoSuchElementException.class);
        assertThat(packing(100).hasNext()).isFalse();
    }
}

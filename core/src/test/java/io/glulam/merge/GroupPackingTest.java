package io.glulam.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.join.Agreement;
import io.glulam.join.Input;
import io.glulam.join.MetadataRule;
import io.glulam.join.Slice;
import io.glulam.local.LocalStore;
import io.glulam.merge.OutputPacking.Packed;
import io.glulam.schema.SchemaRules;
import io.glulam.storage.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether a group is worth merging, and how much of it an output takes. Plans are made only where they decide. */
@Tag("once")
class GroupPackingTest {
    private static final long BUFFERS = 16 << 20;

    private final Forecast forecast = new Forecast();

    private static InputGroup group(ScannedInput... inputs) {
        InputGroup group = new InputGroup("", new Agreement(new SchemaRules(false), MetadataRule.COMMON));
        for (ScannedInput input : inputs) {
            group.add(input, null);
        }
        return group;
    }

    private static ScannedInput input(String name, int rowGroups, long bytes, boolean healthy) {
        Input input = new Input(new ObjectRef(LocalStore.INSTANCE, name), bytes + 100, "1");
        return new ScannedInput(input, rowGroups, 10, bytes, 80, healthy, null);
    }

    private GroupPacking packing(long maxFileBytes) {
        return new GroupPacking(maxFileBytes, BUFFERS, forecast);
    }

    private static List<List<String>> outputs(OutputPacking packing) {
        List<List<String>> outputs = new ArrayList<>();
        while (packing.hasNext()) {
            Packed packed = packing.next();
            outputs.add(packed.slices().stream()
                    .map(slice -> slice.input().object().key())
                    .toList());
        }
        return outputs;
    }

    @Test
    void oneHealthyFileOrOneOfOneRowGroupStaysWithoutAPlan() {
        GroupPacking packing = packing(Long.MAX_VALUE);

        assertThat(packing.gains(group(input("a", 9, 100, true)), input -> false))
                .isFalse();
        assertThat(packing.gains(group(input("a", 1, 10, false)), input -> false))
                .isFalse();
        assertThat(forecast.asked).isEmpty();
    }

    @Test
    void oneFileOfFragmentsStaysIfItsPlanChangesNothing() {
        InputGroup group = group(input("a", 9, 100, false));

        forecast.changes = false;
        assertThat(packing(Long.MAX_VALUE).gains(group, input -> false)).isFalse();
        forecast.changes = true;
        assertThat(packing(Long.MAX_VALUE).gains(group, input -> false)).isTrue();
        assertThat(forecast.asked).containsExactly("changes a", "changes a");
    }

    @Test
    void severalFilesAreWorthMerging() {
        InputGroup group = group(input("a", 1, 100, true), input("b", 1, 100, true));

        assertThat(packing(Long.MAX_VALUE).gains(group, input -> false)).isTrue();
        assertThat(packing(100).gains(group, input -> false)).isFalse();
        assertThat(forecast.asked).isEmpty();
    }

    @Test
    void aFileThatIsMissingIsWrittenInAnyCase() {
        InputGroup group = group(input("a", 1, 100, true), input("b", 1, 100, true));

        assertThat(packing(100).gains(group, input -> input.object().key().equals("b")))
                .isTrue();
    }

    @Test
    void theFirstOutputsPlanTellsHowManyInputsEachTakes() {
        InputGroup group = group(
                input("a", 1, 50, false),
                input("b", 1, 50, false),
                input("c", 1, 50, false),
                input("d", 1, 50, false),
                input("e", 1, 50, false));
        forecast.expectedBytes = 50;

        assertThat(outputs(packing(100).packing(group))).containsExactly(List.of("a", "b", "c", "d"), List.of("e"));
        assertThat(forecast.asked).containsExactly("bytes a b");
    }

    @Test
    void anOutputThatComesOutNearlyAsLargeTakesNoMore() {
        InputGroup group = group(input("a", 1, 50, false), input("b", 1, 50, false), input("c", 1, 50, false));
        forecast.expectedBytes = 75;

        assertThat(outputs(packing(100).packing(group))).containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void nothingIsPlannedForASingleOutputOrOneOfOneFile() {
        InputGroup one = group(input("a", 1, 50, false), input("b", 1, 50, false));
        assertThat(outputs(packing(100).packing(one))).containsExactly(List.of("a", "b"));

        InputGroup large = group(input("a", 1, 100, false), input("b", 1, 100, false));
        assertThat(outputs(packing(100).packing(large))).containsExactly(List.of("a"), List.of("b"));
        assertThat(forecast.asked).isEmpty();
    }

    /** Gives the answers that the test sets, and records the questions. */
    private static final class Forecast implements GroupPacking.Forecast {
        private final List<String> asked = new ArrayList<>();
        private boolean changes;
        private long expectedBytes;

        @Override
        public boolean changes(InputGroup group, List<Slice> slices) {
            ask("changes", slices);
            return changes;
        }

        @Override
        public long expectedBytes(InputGroup group, List<Slice> slices) {
            ask("bytes", slices);
            return expectedBytes;
        }

        private void ask(String question, List<Slice> slices) {
            StringBuilder text = new StringBuilder(question);
            slices.forEach(
                    slice -> text.append(' ').append(slice.input().object().key()));
            asked.add(text.toString());
        }
    }
}

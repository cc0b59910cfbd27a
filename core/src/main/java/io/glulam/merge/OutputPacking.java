package io.glulam.merge;

import io.glulam.join.Slice;
import io.glulam.merge.ScannedInput.Region;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packs inputs into outputs of at most a number of bytes, in their order: an output is full when the next input would pass
 * it. An input that is larger than an output is split between its row groups; a row group never is. For one packing; not
 * thread-safe.
 */
final class OutputPacking {
    private final long maxFileBytes;
    private final List<List<Slice>> outputs = new ArrayList<>();
    private final List<Slice> slices = new ArrayList<>();
    private long bytes;

    private OutputPacking(long maxFileBytes) {
        this.maxFileBytes = maxFileBytes;
    }

    /**
     * Packs.
     *
     * @param maxFileBytes compressed bytes of an output's row groups, as they are in the inputs
     * @return what each output takes, in the order of the rows; one output without row groups if there are none
     */
    static List<List<Slice>> pack(List<ScannedInput> inputs, long maxFileBytes) {
        OutputPacking packing = new OutputPacking(maxFileBytes);
        for (ScannedInput input : inputs) {
            List<Region> regions = input.regions();
            if (regions == null) {
                packing.add(input.whole(), input.bytes());
            } else {
                regions.forEach(region -> packing.add(region.slice(), region.bytes()));
            }
        }
        packing.endOutput();
        return List.copyOf(packing.outputs);
    }

    private void add(Slice slice, long sliceBytes) {
        if (bytes > 0 && bytes + sliceBytes > maxFileBytes) {
            endOutput();
        }
        @Nullable Slice last = slices.isEmpty() ? null : slices.get(slices.size() - 1);
        if (last != null && last.isFollowedBy(slice)) {
            slices.set(slices.size() - 1, last.with(slice));
        } else {
            slices.add(slice);
        }
        bytes += sliceBytes;
    }

    private void endOutput() {
        if (!slices.isEmpty()) {
            outputs.add(List.copyOf(slices));
            slices.clear();
            bytes = 0;
        }
    }
}

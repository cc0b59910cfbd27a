package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridDecoder;
import io.glulam.page.HybridEncoder;
import io.glulam.page.PageSections;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Dictionary indices: decoded, renumbered into the union dictionary, run again in the width that the union asks for.
 * Set the mapping of a page's fragment before adding it.
 */
final class IndexSplicer implements ValueSplicer {
    private final int width;
    private final boolean singleRun;
    private int[] mapping = new int[0];
    private int entries;
    private boolean @Nullable [] watched;
    private boolean watchedUsed;
    private boolean @Nullable [] used;
    private int[] indices = new int[0];
    private int count;

    /**
     * @param width bits of an index in the output
     * @param singleRun whether the file's readers take indices of 8, 16 or 32 bits for one bit-packed run
     */
    IndexSplicer(int width, boolean singleRun) {
        this.width = width;
        this.singleRun = singleRun && width > 0 && width % 8 == 0 && width != 24;
    }

    /** Sets what the next pages' indices mean: entry {@code i} of their dictionary is {@code mapping[i]} of the union. */
    void mapping(int[] mappedEntries, int entryCount) {
        this.mapping = mappedEntries;
        this.entries = entryCount;
    }

    /** Sets the entries of the next pages' dictionary whose use is of interest; null for none. */
    void watch(boolean @Nullable [] entriesOfInterest) {
        watched = entriesOfInterest;
    }

    /** Has the entries of their dictionary that the next pages use marked in {@code entriesUsed}; null to mark none. */
    void noteUsed(boolean @Nullable [] entriesUsed) {
        used = entriesUsed;
    }

    /** Whether a page that was added since {@link #clear} uses an entry of interest. */
    boolean usesWatched() {
        return watchedUsed;
    }

    @Override
    public void clear() {
        count = 0;
        watchedUsed = false;
    }

    @Override
    public void add(byte[] body, PageSections sections, int added) {
        if (added == 0) {
            return;
        }
        if (sections.valuesLength() < 1) {
            throw new CorruptFile(Place.UNKNOWN, "a page of dictionary indices without a bit width");
        }
        if (indices.length < count + added) {
            indices = Arrays.copyOf(indices, Math.max(count + added, indices.length * 2));
        }
        int from = sections.valuesFrom();
        int to = from + sections.valuesLength();
        HybridDecoder.decode(body, from + 1, to, body[from] & 0xff, indices, count, added);
        if (watched != null) {
            look(watched, count, count + added);
        }
        if (used != null) {
            note(used, count, count + added);
        }
        renumber(count, count + added);
        count += added;
    }

    private void look(boolean[] entriesOfInterest, int from, int to) {
        for (int i = from; i < to && !watchedUsed; i++) {
            int index = indices[i];
            watchedUsed = index >= 0 && index < entriesOfInterest.length && entriesOfInterest[index];
        }
    }

    private void note(boolean[] entriesUsed, int from, int to) {
        for (int i = from; i < to; i++) {
            int index = indices[i];
            if (index >= 0 && index < entriesUsed.length) {
                entriesUsed[index] = true;
            }
        }
    }

    private void renumber(int from, int to) {
        int[] target = indices;
        int[] map = mapping;
        int bound = entries;
        for (int i = from; i < to; i++) {
            int index = target[i];
            if (index < 0 || index >= bound) {
                throw new CorruptFile(
                        Place.UNKNOWN,
                        "dictionary index " + Integer.toUnsignedString(index) + " in a dictionary of " + bound
                                + " entries");
            }
            target[i] = map[index];
        }
    }

    @Override
    public void finish(ByteArrayBuilder out) {
        out.append(width);
        if (singleRun) {
            HybridEncoder.encodePacked(indices, 0, count, width, out);
        } else {
            HybridEncoder.encode(indices, 0, count, width, out);
        }
    }
}

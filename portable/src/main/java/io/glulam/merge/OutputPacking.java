package io.glulam.merge;

import io.glulam.join.Slice;
import io.glulam.merge.ScannedInput.Region;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Packs the inputs of a group into outputs, in their order: an output is full when the next input would pass its limit. An
 * input that is larger than an output is split between its row groups; a row group never is. An input that has an
 * output's size already stays by itself, so that what one run wrote is not written again by the next. Not thread-safe.
 */
public final class OutputPacking {
    /** Of an output's size: a file from there on is not worth merging with others. */
    static final double FULL = 0.75;

    /** Of a row group, what a run holds besides its bytes in the footer: a column's entry and pages, in objects. */
    private static final int ROW_GROUP_BYTES = 1200;

    private final List<ScannedInput> inputs;
    private final long maxFileBytes;
    private final long maxFooterBytes;
    /** Inputs whose pieces were handed out, or are in {@link #regions}. */
    private int begun;

    private Iterator<Region> regions = Collections.emptyIterator();
    private @Nullable Piece next;
    private double shrinking = 1;

    /**
     * A smallest part of an output: a whole input, or one row group of a large input.
     *
     * @param number of the input
     * @param region null for a whole input
     */
    private record Piece(
            int number, ScannedInput input, @Nullable Region region, boolean full) {
        long bytes() {
            return region == null ? input.bytes() : region.bytes();
        }

        long footerBytes() {
            List<Region> all = input.regions();
            return all == null
                    ? input.footerBytes() + (long) input.rowGroups() * ROW_GROUP_BYTES
                    : input.footerBytes() / all.size() + ROW_GROUP_BYTES;
        }
    }

    /**
     * The slices that one output takes.
     *
     * @param slices in the order of the rows
     * @param bytes compressed bytes of their row groups
     * @param alone the one input that is taken whole and alone; null if there is none
     */
    public record Packed(
            List<Slice> slices, long bytes, @Nullable ScannedInput alone) {}

    /**
     * @param inputs in the order of the rows
     * @param maxFileBytes compressed bytes that an output aims at
     * @param maxFooterBytes memory that the footers that an output joins may take
     */
    public OutputPacking(List<ScannedInput> inputs, long maxFileBytes, long maxFooterBytes) {
        this.inputs = inputs;
        this.maxFileBytes = maxFileBytes;
        this.maxFooterBytes = maxFooterBytes;
        advance();
    }

    private void advance() {
        next = null;
        while (next == null && (regions.hasNext() || begun < inputs.size())) {
            if (regions.hasNext()) {
                next = new Piece(begun - 1, inputs.get(begun - 1), regions.next(), false);
                return;
            }
            ScannedInput input = inputs.get(begun);
            List<Region> parts = input.regions();
            if (parts == null) {
                boolean full = input.healthy() && input.bytes() >= FULL * maxFileBytes;
                next = new Piece(begun, input, null, full);
            } else {
                regions = parts.iterator();
            }
            begun++;
        }
    }

    /** Whether an output is left. */
    public boolean hasNext() {
        return next != null;
    }

    /**
     * Tells how merging changed the size of an output: outputs that come out smaller than their inputs take more of them.
     *
     * @param bytes the output's compressed bytes
     * @param sourceBytes those of its row groups in the inputs
     */
    public void observe(long bytes, long sourceBytes) {
        shrinking = Math.min(1, Math.max(0.05, (double) bytes / Math.max(1, sourceBytes)));
    }

    /** Packs the next output. */
    public Packed next() {
        Piece first = next;
        if (first == null) {
            throw new NoSuchElementException();
        }
        SliceList slices = new SliceList(inputs);
        long bytes = 0;
        long footerBytes = 0;
        double limit = maxFileBytes / shrinking;
        Piece piece = first;
        while (piece != null) {
            boolean fits = slices.isEmpty()
                    || bytes + piece.bytes() <= limit
                            && footerBytes + piece.footerBytes() <= maxFooterBytes
                            && !piece.full();
            if (!fits) {
                break;
            }
            Region region = piece.region();
            if (region == null) {
                slices.addWhole(piece.number());
            } else {
                slices.addPart(region.slice());
            }
            bytes += piece.bytes();
            footerBytes += piece.footerBytes();
            boolean alone = piece.full();
            advance();
            piece = alone ? null : next;
        }
        boolean isAlone = slices.size() == 1 && first.region() == null;
        return new Packed(Collections.unmodifiableList(slices), bytes, isAlone ? first.input() : null);
    }
}

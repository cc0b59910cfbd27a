package io.glulam.merge;

import io.glulam.join.Slice;
import io.glulam.merge.ScannedInput.Region;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Packs the inputs of a group into outputs, in their order: an output is full when the next input would pass its limit. An
 * input that is larger than an output is split between its row groups; a row group never is. An input that has an
 * output's size already stays by itself, so that what one run wrote is not written again by the next. Not thread-safe.
 */
public final class OutputPacking {
    /** Of an output's size: a file from there on is not worth merging with others. */
    private static final double FULL = 0.75;

    private final Iterator<Piece> pieces;
    private final long maxFileBytes;
    private final long maxFooterBytes;
    private @Nullable Piece next;
    private double shrinking = 1;

    /** A smallest part of an output: a whole input, or one row group of a large input. */
    private record Piece(
            Slice slice,
            long bytes,
            long footerBytes,
            boolean full,
            @Nullable ScannedInput whole) {}

    /**
     * What one output takes.
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
     * @param maxFooterBytes bytes of footers that an output may join
     */
    public OutputPacking(List<ScannedInput> inputs, long maxFileBytes, long maxFooterBytes) {
        this.maxFileBytes = maxFileBytes;
        this.maxFooterBytes = maxFooterBytes;
        this.pieces = inputs.stream().flatMap(this::pieces).iterator();
        advance();
    }

    private Stream<Piece> pieces(ScannedInput input) {
        List<Region> regions = input.regions();
        if (regions == null) {
            boolean full = input.healthy() && input.bytes() >= FULL * maxFileBytes;
            return Stream.of(new Piece(input.whole(), input.bytes(), input.footerBytes(), full, input));
        }
        long footer = input.footerBytes() / regions.size();
        return regions.stream().map(region -> new Piece(region.slice(), region.bytes(), footer, false, null));
    }

    private void advance() {
        next = pieces.hasNext() ? pieces.next() : null;
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
        List<Slice> slices = new ArrayList<>();
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
            add(slices, piece);
            bytes += piece.bytes();
            footerBytes += piece.footerBytes();
            boolean alone = piece.full();
            advance();
            piece = alone ? null : next;
        }
        return new Packed(List.copyOf(slices), bytes, slices.size() == 1 ? first.whole() : null);
    }

    /** Row groups of one input that follow each other are one slice. */
    private static void add(List<Slice> slices, Piece piece) {
        Slice last = slices.isEmpty() ? null : slices.get(slices.size() - 1);
        if (last != null && piece.whole() == null && last.isFollowedBy(piece.slice())) {
            slices.set(slices.size() - 1, last.with(piece.slice()));
        } else {
            slices.add(piece.slice());
        }
    }
}

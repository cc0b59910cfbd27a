package io.glulam.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns the segments of an object into parts that a store takes. A pure function, and one that can be asked as the
 * segments become known: the parts of a beginning are the beginning of the parts, and packing goes on from the end of any
 * part.
 *
 * <p>Where parts may differ in size, a copied segment is copied, except for the bytes that its neighbours lack to the
 * smallest part: they are taken from its beginning and uploaded. Where all parts have one size, they are cells of a
 * grid; a cell inside one copied segment is copied, every other one is uploaded. So a seam costs less than one part of
 * extra download.
 */
public final class PartPacker {
    /** Bytes of an uploaded part, where the limits leave a choice: a few of them are under way at once. */
    private static final long UPLOAD = 8L << 20;

    /** Bytes copied in one request, where the limits leave a choice: larger ones take a store long. */
    private static final long COPY = 256L << 20;

    /** The growth beyond the expected size that an object may have before it would need too many parts. */
    private static final double SLACK = 1.1;

    private static final long MEBIBYTE = 1L << 20;

    private final PartLimits limits;
    private final long smallest;
    private final long upload;
    private final long copy;

    private PartPacker(PartLimits limits, long smallest) {
        this.limits = limits;
        this.smallest = smallest;
        this.upload = Math.max(smallest, Math.min(UPLOAD, limits.largest() / 2));
        this.copy = Math.max(smallest, Math.min(COPY, limits.largest() / 2));
    }

    /**
     * Returns a packer for one object.
     *
     * @param expectedSize of the whole object, about: with it grows the smallest part
     */
    public static PartPacker of(PartLimits limits, long expectedSize) {
        long needed = (long) Math.ceil(expectedSize * SLACK / limits.most());
        long smallest = limits.smallest();
        if (needed > smallest) {
            smallest = Math.min(limits.largest(), (needed + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE);
        }
        return new PartPacker(limits, smallest);
    }

    /** Returns the bytes of every part but the last, at least; where they are uniform, exactly. */
    public long smallestPart() {
        return smallest;
    }

    /**
     * Returns the parts of an object, or of what is left of it from the end of a part on.
     *
     * @param start where the first segment begins; the end of a part, or 0
     * @param segments in order
     * @param complete whether they are all there are; otherwise what may still change is left out
     */
    public List<Part> pack(long start, List<Segment> segments, boolean complete) {
        return limits.uniform() ? cells(start, segments, complete) : free(start, segments, complete);
    }

    private List<Part> cells(long start, List<Segment> segments, boolean complete) {
        List<Part> parts = new ArrayList<>();
        long cell = start;
        long end = start;
        for (int i = 0; i < segments.size(); ) {
            boolean copied = limits.copies() && segments.get(i).copied();
            long begin = end;
            end += segments.get(i++).length();
            while (!copied
                    && i < segments.size()
                    && !(limits.copies() && segments.get(i).copied())) {
                end += segments.get(i++).length();
            }
            for (; cell + smallest <= end; cell += smallest) {
                parts.add(new Part(cell, smallest, copied && cell >= begin));
            }
            if (complete && i == segments.size() && cell < end) {
                parts.add(new Part(cell, end - cell, copied && cell >= begin));
            }
        }
        return parts;
    }

    private List<Part> free(long start, List<Segment> segments, boolean complete) {
        List<Part> parts = new ArrayList<>();
        long open = start;
        long at = start;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            long end = at + segment.length();
            boolean last = complete && i == segments.size() - 1;
            if (!limits.copies() || !segment.copied()) {
                open = upload(open, end, parts);
            } else {
                // What is open becomes a part of its own, filled up from this segment if it is too small.
                long copyFrom = open == at ? at : Math.max(at, open + smallest);
                if (end - copyFrom >= smallest || last && end > copyFrom) {
                    if (copyFrom > open) {
                        parts.add(new Part(open, copyFrom - open, false));
                    }
                    copy(copyFrom, end, parts);
                    open = end;
                } else {
                    open = upload(open, end, parts);
                }
            }
            at = end;
        }
        if (complete && open < at) {
            parts.add(new Part(open, at - open, false));
        }
        return parts;
    }

    /** Cuts parts off as long as more than the smallest part is left over; gives where what is left begins. */
    private long upload(long open, long end, List<Part> parts) {
        long from = open;
        while (end - from >= upload + smallest) {
            parts.add(new Part(from, upload, false));
            from += upload;
        }
        return from;
    }

    private void copy(long begin, long end, List<Part> parts) {
        long from = begin;
        while (end - from >= copy + smallest) {
            parts.add(new Part(from, copy, true));
            from += copy;
        }
        parts.add(new Part(from, end - from, true));
    }
}

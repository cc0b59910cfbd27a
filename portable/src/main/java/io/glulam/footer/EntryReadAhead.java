package io.glulam.footer;

import io.glulam.format.ThriftReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads ahead in the entries of several row groups, for callers that go through the columns and of each through these row
 * groups. A column's entries lie far apart in a footer, one in each row group, and each stands before those of the next
 * columns. So a stretch of each row group's entries is held as the bytes that it is, which take a tenth of the memory of
 * parsed entries. Holds a bounded number of bytes; of more row groups than that is enough for, some share a stretch, which the
 * one that is read takes from the other. Not thread-safe.
 */
public final class EntryReadAhead implements ThriftReader.Refill {
    /** Shorter stretches spare too few reads. */
    private static final int MIN_STRETCH = 256;

    /** Rather than that row groups have stretches of fewer entries, they share longer ones, up to so many bytes. */
    private static final int MIN_ENTRIES = 2;

    private static final int MAX_SHARED = 1024;

    private final Footer footer;
    private final FooterBytes bytes;
    /** Bytes that are held of a row group; 0 for none. */
    private final int stretch;
    /** The stretches, one after the other. */
    private final byte[] held;
    /** Where in the footer each stretch begins, and how long it is. */
    private final int[] starts;

    private final int[] lengths;
    private int slot;
    private int rowGroup;

    /**
     * @param slots number of row groups that are read in turns
     * @param maxBytes that are held of all of them
     */
    public EntryReadAhead(Footer footer, int slots, int maxBytes) {
        this.footer = footer;
        this.bytes = footer.bytes();
        int least = (int) Math.max(MIN_STRETCH, Math.min(MAX_SHARED, (long) MIN_ENTRIES * footer.entryBytes()));
        int stretches = Math.max(1, Math.min(slots, maxBytes / least));
        int share = Math.min(maxBytes / stretches, Math.min(bytes.windowBytes(), rowGroupBytes(footer)));
        this.stretch = share < MIN_STRETCH ? 0 : share;
        this.held = new byte[stretch * stretches];
        this.starts = new int[stretches];
        this.lengths = new int[stretches];
    }

    /** Bytes of a row group's struct on average, and some more. */
    private static int rowGroupBytes(Footer footer) {
        long average = footer.bytes().length() / Math.max(1, footer.rowGroupCount());
        return (int) Math.min(Integer.MAX_VALUE, average * 9 / 8 + MIN_STRETCH);
    }

    /** Whether anything is held at all. */
    boolean isHolding() {
        return stretch > 0;
    }

    /**
     * Tells which row group is read next.
     *
     * @param nextSlot that no other row group uses; those of row groups that are read in turns are best near each other
     */
    public void turnTo(int nextSlot, int nextRowGroup) {
        slot = nextSlot % starts.length;
        rowGroup = nextRowGroup;
    }

    @Override
    public void read(int position, byte[] target, int from, int length) {
        if (length > stretch) {
            bytes.read(position, target, from, length);
            return;
        }
        int at = position - starts[slot];
        if (at < 0 || at + length > lengths[slot]) {
            fill(position, length);
            at = 0;
        }
        System.arraycopy(held, slot * stretch + at, target, from, length);
    }

    /** Reads the stretch from {@code position} on; of the next row group only as much as is asked for. */
    private void fill(int position, int asked) {
        int left = footer.rowGroupSpan(rowGroup).to() - position;
        int length = Math.max(asked, Math.min(stretch, left));
        lengths[slot] = 0; // Until it is read: reading may fail.
        bytes.read(position, held, slot * stretch, length);
        starts[slot] = position;
        lengths[slot] = length;
    }

    @Override
    public @Nullable String remedyForLongValue() {
        return bytes.remedyForLongValue();
    }
}

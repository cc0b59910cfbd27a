package io.glulam.join;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StatedWriter;
import io.glulam.storage.Traffic;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several files as one object that no store holds: a region of each file, one after the other, then the tail that
 * {@link JoinBuilder} made: relocated page indexes and one footer. It is the version that its inputs were pinned to.
 * Thread-safe.
 */
public final class JoinedReader implements RangeReader {
    static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private final PinnedInputs inputs;
    private final String version;
    private final long[] regionStarts;
    private final long[] bases;
    private final int[] firstRowGroups;
    private final boolean beginsWithObject;
    private final boolean leavesOut;
    private final BitSet cutRowGroups;
    private final InputWriters writers;
    private final List<TailSpool> tail;
    private final long tailStart;
    private final long size;
    private final boolean remote;

    /**
     * Joins inputs; where the first one's region does not begin at 0, the magic stands before it.
     *
     * @param version that stands for all inputs' versions
     * @param regionStarts for each input, where in it its region begins
     * @param bases for each input, where in the joined object its region begins; then where the tail begins
     * @param firstRowGroups for each input, its first row group's number in the joined object; then their number
     * @param beginsWithObject whether the first input's first row group is the first one there, too
     * @param leavesOut whether columns of inputs may be left out
     * @param cutRowGroups those of inputs of which rows are deleted, by their numbers in the joined object
     * @param writers of the inputs
     */
    JoinedReader(
            PinnedInputs inputs,
            String version,
            long[] regionStarts,
            long[] bases,
            int[] firstRowGroups,
            boolean beginsWithObject,
            boolean leavesOut,
            BitSet cutRowGroups,
            InputWriters writers,
            List<TailSpool> tail) {
        this.inputs = inputs;
        this.version = version;
        this.regionStarts = regionStarts;
        this.bases = bases;
        this.firstRowGroups = firstRowGroups;
        this.beginsWithObject = beginsWithObject;
        this.leavesOut = leavesOut;
        this.cutRowGroups = cutRowGroups;
        this.writers = writers;
        this.tail = List.copyOf(tail);
        this.tailStart = bases[bases.length - 1];
        this.size = tailStart + tail.stream().mapToLong(TailSpool::size).sum();
        this.remote = inputs.inputs().stream().anyMatch(Input::isRemote);
    }

    @Override
    public String name() {
        return name(inputs.inputs());
    }

    /** How several inputs are called together. */
    static String name(List<Input> inputs) {
        String first = inputs.get(0).name();
        return inputs.size() == 1
                ? first
                : inputs.size() + " files (" + first + " to "
                        + inputs.get(inputs.size() - 1).name() + ")";
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String version() {
        return version;
    }

    /** Bytes of the inputs: from there on lies what was made. */
    public long madeFrom() {
        return tailStart;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        int end = target.limit();
        long at = position;
        while (at < bases[0] && target.hasRemaining()) {
            target.put(MAGIC[(int) at++]);
        }
        while (at < tailStart && target.position() < end) {
            int input = inputAt(at);
            int length = (int) Math.min(bases[input + 1] - at, end - target.position());
            target.limit(target.position() + length);
            long from = at - bases[input] + regionStarts[input];
            inputs.with(input, reader -> reader.read(from, target));
            target.limit(end);
            at += length;
        }
        readTail(at, target, end);
    }

    private void readTail(long position, ByteBuffer target, int end) {
        long at = position;
        long start = tailStart;
        for (TailSpool part : tail) {
            if (target.position() < end && at < start + part.size()) {
                int length = (int) Math.min(start + part.size() - at, end - target.position());
                target.limit(target.position() + length);
                part.read(at - start, target);
                target.limit(end);
                at += length;
            }
            start += part.size();
        }
        if (target.hasRemaining()) {
            throw new CorruptFile(
                    new Place(name(), -1, null, at),
                    "the inputs end at " + at + ", " + target.remaining() + " bytes early");
        }
    }

    private int inputAt(long position) {
        int found = Arrays.binarySearch(bases, position);
        // Of inputs with an empty region at the same base, the last one has the bytes.
        int input = found >= 0 ? found : -found - 2;
        while (bases[input + 1] == bases[input]) {
            input++;
        }
        return input;
    }

    @Override
    public void locate(long position, long length, Located use) {
        long at = Math.max(position, bases[0]);
        long end = position + length;
        if (position < at) {
            use.accept(this, position, Math.min(at, end) - position);
        }
        while (at < end && at < tailStart) {
            int input = inputAt(at);
            long count = Math.min(bases[input + 1], end) - at;
            long from = at - bases[input] + regionStarts[input];
            inputs.with(input, reader -> reader.locate(from, count, use));
            at += count;
        }
        if (at < end) {
            use.accept(this, at, end - at);
        }
    }

    @Override
    public void transfer(long position, long length, Sink sink) {
        long at = position;
        long end = position + length;
        while (at < end) {
            int input = at >= bases[0] && at < tailStart ? inputAt(at) : -1;
            long until = input >= 0 ? bases[input + 1] : at < bases[0] ? bases[0] : size;
            long count = Math.min(until, end) - at;
            if (input < 0) {
                RangeReader.super.transfer(at, count, sink);
            } else {
                long from = at - bases[input] + regionStarts[input];
                long shift = at - from;
                inputs.with(
                        input,
                        reader -> reader.transfer(from, count, (where, bytes) -> sink.accept(where + shift, bytes)));
            }
            at += count;
        }
    }

    @Override
    public void versions(long position, long length, VersionedRange use) {
        locate(position, length, (reader, from, count) -> use.accept(reader.stored(), from, count));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // A store is itself; two of one bucket may differ in their credentials.
    public boolean liesIn(ObjectStore store) {
        return inputs.inputs().stream().allMatch(input -> input.object().store() == store);
    }

    /** Whether a read can be a request: some input is not held. */
    @Override
    public boolean isRemote() {
        return remote;
    }

    /** The most that a request to one of the inputs' stores could transfer meanwhile. */
    @Override
    public long requestBytes() {
        return inputs.inputs().stream()
                .filter(Input::isRemote)
                .mapToLong(input -> input.object().store().capabilities().requestBytes())
                .max()
                .orElse(0);
    }

    /** The tail is made here. */
    @Override
    public long heldFrom() {
        return remote ? tailStart : size;
    }

    @Override
    public boolean isAssembled() {
        return true;
    }

    @Override
    public int copiedGap() {
        return leavesOut ? 0 : RangeReader.super.copiedGap();
    }

    @Override
    public boolean followsOtherObject(int rowGroup) {
        int input = inputOf(rowGroup);
        return cutRowGroups.get(rowGroup) || firstRowGroups[input] == rowGroup && (input > 0 || !beginsWithObject);
    }

    @Override
    public @Nullable StatedWriter writer(int rowGroup) {
        return writers.of(inputOf(rowGroup));
    }

    @Override
    public void checkUnchanged() {
        inputs.checkUnchanged();
    }

    /** The place in the input that a place in the joined object stands for; other places as they are. */
    public Place placeInInput(Place place) {
        if (!name().equals(place.object())) {
            return place;
        }
        int input = place.rowGroup() >= 0 && place.rowGroup() < firstRowGroups[firstRowGroups.length - 1]
                ? inputOf(place.rowGroup())
                : place.offset() >= bases[0] && place.offset() < tailStart ? inputAt(place.offset()) : -1;
        if (input < 0) {
            return place;
        }
        long offset = place.offset() >= bases[input] && place.offset() < bases[input + 1]
                ? place.offset() - bases[input] + regionStarts[input]
                : -1;
        int rowGroup = place.rowGroup() < 0 ? -1 : place.rowGroup() - firstRowGroups[input];
        return new Place(inputs.inputs().get(input).name(), rowGroup, place.column(), offset);
    }

    private int inputOf(int rowGroup) {
        int found = Arrays.binarySearch(firstRowGroups, rowGroup);
        int input = found >= 0 ? found : -found - 2;
        while (firstRowGroups[input + 1] == firstRowGroups[input]) {
            input++;
        }
        return input;
    }

    @Override
    public Traffic traffic() {
        return inputs.traffic();
    }

    @Override
    public void close() {
        try {
            inputs.close();
        } finally {
            tail.forEach(TailSpool::close);
        }
    }
}

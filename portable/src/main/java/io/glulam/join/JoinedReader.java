package io.glulam.join;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.pipeline.Spool;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StatedWriter;
import io.glulam.storage.Traffic;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several files as one object that no store holds: a region of each file, one after the other, then the tail that
 * {@link JoinBuilder} made: relocated page indexes and one footer. It is the version that its inputs were pinned to.
 * Thread-safe.
 */
public final class JoinedReader implements RangeReader {
    private final PinnedInputs inputs;
    private final String version;
    private final Regions regions;
    private final JoinedRowGroups rowGroups;
    private final InputWriters writers;
    private final boolean leavesOut;
    private final List<Spool> tail;
    private final long size;
    private final boolean remote;

    /**
     * @param version that stands for all inputs' versions
     * @param leavesOut whether columns of inputs may be left out
     * @param tail parts of what was made, one after the other
     */
    JoinedReader(
            PinnedInputs inputs,
            String version,
            Regions regions,
            JoinedRowGroups rowGroups,
            InputWriters writers,
            boolean leavesOut,
            List<Spool> tail) {
        this.inputs = inputs;
        this.version = version;
        this.regions = regions;
        this.rowGroups = rowGroups;
        this.writers = writers;
        this.leavesOut = leavesOut;
        this.tail = List.copyOf(tail);
        this.size = regions.end() + tail.stream().mapToLong(Spool::size).sum();
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

    @Override
    public void read(long position, ByteBuffer target) {
        int end = target.limit();
        long at = position;
        while (at < regions.start() && target.hasRemaining()) {
            target.put(Regions.MAGIC[(int) at++]);
        }
        while (at < regions.end() && target.position() < end) {
            int input = regions.inputAt(at);
            int length = (int) Math.min(regions.end(input) - at, end - target.position());
            target.limit(target.position() + length);
            long from = at - regions.shift(input);
            inputs.with(input, reader -> reader.read(from, target));
            target.limit(end);
            at += length;
        }
        readTail(at, target, end);
    }

    private void readTail(long position, ByteBuffer target, int end) {
        long at = position;
        long start = regions.end();
        for (Spool part : tail) {
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

    @Override
    public void locate(long position, long length, Located use) {
        long at = Math.max(position, regions.start());
        long end = position + length;
        if (position < at) {
            use.accept(this, position, Math.min(at, end) - position);
        }
        while (at < end && at < regions.end()) {
            int input = regions.inputAt(at);
            long count = Math.min(regions.end(input), end) - at;
            long from = at - regions.shift(input);
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
            int input = regions.hold(at) ? regions.inputAt(at) : -1;
            long until = input >= 0 ? regions.end(input) : at < regions.start() ? regions.start() : size;
            long count = Math.min(until, end) - at;
            if (input < 0) {
                RangeReader.super.transfer(at, count, sink);
            } else {
                long shift = regions.shift(input);
                long from = at - shift;
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
        return remote ? regions.end() : size;
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
        return rowGroups.followsOtherObject(rowGroup);
    }

    @Override
    public @Nullable StatedWriter writer(int rowGroup) {
        return writers.of(rowGroups.inputOf(rowGroup));
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
        int input = place.rowGroup() >= 0 && place.rowGroup() < rowGroups.count()
                ? rowGroups.inputOf(place.rowGroup())
                : regions.hold(place.offset()) ? regions.inputAt(place.offset()) : -1;
        if (input < 0) {
            return place;
        }
        long offset = regions.hold(place.offset(), input) ? place.offset() - regions.shift(input) : -1;
        int rowGroup = place.rowGroup() < 0 ? -1 : place.rowGroup() - rowGroups.first(input);
        return new Place(inputs.inputs().get(input).name(), rowGroup, place.column(), offset);
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
            tail.forEach(Spool::close);
        }
    }
}

package io.glulam.wasm;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.LittleEndian;
import io.glulam.join.Input;
import io.glulam.join.Slice;
import io.glulam.storage.ByteRange;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PartLimits;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.WriteRequest;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The inputs of a merge. From {@link #OWN} on, the host has their bytes one input after the other; before that, the regions
 * that one new object takes of them. Of as many inputs as a half of its arena takes, the host holds the last bytes for a whole
 * new object: of small inputs all of them.
 */
final class HostInputs implements ObjectStore {
    /** Where the first input begins: far after the regions of any new object. {@code inputs.js} knows it, too. */
    static final long OWN = 1L << 45;

    private static final int REGION_BYTES = 3 * Long.BYTES;

    /** Bytes of an input's end that are held: what a footer is looked for in, and what often has its indexes, too. */
    private static final long MIN_TAIL = 64 << 10;

    private static final long MAX_TAIL = 512 << 10;

    private static final StoreCapabilities REMOTE =
            new StoreCapabilities(true, PartLimits.NONE, true, true, false, StoreCapabilities.USUAL_REQUEST_BYTES);

    private final List<HostInput> inputs;
    private final HostReader host;
    private final Map<String, Long> starts = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * An input.
     *
     * @param name unique among the inputs, unless two are the same object
     * @param group of the inputs that it may be in one file with
     * @param done how many of its row groups are left out, from the first one on
     */
    record HostInput(String name, String group, long size, String version, int done) {}

    /**
     * @param inputs in the order in which the host has them
     * @param host whose bytes are those of all inputs
     */
    HostInputs(List<HostInput> inputs, HostReader host) {
        this.inputs = inputs;
        this.host = host;
        long start = OWN;
        for (HostInput input : inputs) {
            numbers.put(input.name(), numbers.size());
            starts.put(input.name(), start);
            start += input.size();
        }
    }

    /** Returns what to call a merge's input. */
    Input input(HostInput input) {
        return new Input(new ObjectRef(this, input.name()), input.size(), input.version());
    }

    /**
     * Has the host hold the last bytes of an input, if there is room.
     *
     * @param count of the inputs that share the room
     */
    void holdTail(Input input, int count) {
        if (!host.isRemote()) {
            return;
        }
        ArenaRanges held = host.held();
        long share = held.capacity() / 2 / count;
        long length = Math.min(input.size(), Math.max(MIN_TAIL, Math.min(MAX_TAIL, share)));
        long end = start(input.name()) + input.size();
        ByteRange tail = new ByteRange(end - length, end);
        if (!held.holds(tail) && held.capacity() - held.free() + length <= held.capacity() / 2) {
            held.fetch(List.of(tail));
            held.pin();
        }
    }

    private long start(String name) {
        return Objects.requireNonNull(starts.get(name), name);
    }

    /** Returns the number of an input, as the request counts them. */
    int number(Input input) {
        return Objects.requireNonNull(numbers.get(input.name()), input.name());
    }

    /**
     * Has the host put regions of inputs one after the other: reads from {@code base} on are theirs.
     *
     * @param base where the first one begins
     */
    void arrange(List<Slice> regions, long base) {
        byte[] told = new byte[REGION_BYTES * regions.size()];
        long end = base;
        for (int i = 0; i < regions.size(); i++) {
            Slice region = regions.get(i);
            LittleEndian.setLong(told, REGION_BYTES * i, number(region.input()));
            LittleEndian.setLong(told, REGION_BYTES * i + Long.BYTES, region.start());
            LittleEndian.setLong(told, REGION_BYTES * i + 2 * Long.BYTES, region.end());
            end += region.end() - region.start();
        }
        host.resize(end);
        Scratch.put(told, 0, told.length);
        Host.arrange(regions.size(), base);
        ArenaRanges held = host.held();
        long at = base;
        for (Slice region : regions) {
            holdTail(region.input(), regions.size());
            long start = start(region.input().name());
            held.alsoAt(at, new ByteRange(start + region.start(), start + region.end()));
            at += region.end() - region.start();
        }
    }

    @Override
    public String nameOf(String key) {
        return key;
    }

    @Override
    public StoreCapabilities capabilities() {
        return host.isRemote() ? REMOTE : StoreCapabilities.LOCAL;
    }

    @Override
    public RangeReader open(String key) {
        return inputs.stream()
                .filter(input -> input.name().equals(key))
                .findFirst()
                .map(input -> reopen(key, input.size(), input.version()))
                .orElseThrow();
    }

    @Override
    public RangeReader reopen(String key, long size, String version) {
        return new InputReader(key, start(key), size, version);
    }

    @Override
    public ObjectWriter create(String key, WriteRequest object) {
        throw new UnsupportedOperationException("inputs are only read");
    }

    /** One input. Its bytes are read by the host, which pins its version. */
    private final class InputReader implements RangeReader {
        private final String name;
        private final long start;
        private final long size;
        private final String version;

        InputReader(String name, long start, long size, String version) {
            this.name = name;
            this.start = start;
            this.size = size;
            this.version = version;
        }

        @Override
        public String name() {
            return name;
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
            if (position > size - target.remaining()) {
                throw new CorruptFile(
                        new Place(name, -1, null, position),
                        "the file ends at " + size + ", " + (position + target.remaining() - size) + " bytes early");
            }
            host.read(start + position, target);
        }

        @Override
        public boolean isRemote() {
            return host.isRemote();
        }

        @Override
        public int headerWindow() {
            return host.headerWindow();
        }

        @Override
        public void checkUnchanged() {}

        @Override
        public void close() {}
    }
}

package io.glulam.wasm;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.LittleEndian;
import io.glulam.join.Input;
import io.glulam.join.Slice;
import io.glulam.storage.ByteRange;
import io.glulam.storage.NewObject;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PartLimits;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.StoredObject;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The inputs of a merge. The host has their bytes one input after the other: together they are its one source. Of as many
 * inputs as a half of its arena takes, the host holds the last bytes for the whole merge: of small inputs all of them.
 */
final class HostInputs implements ObjectStore {
    /** Bytes of an input's end that are held: what a footer is looked for in, and what often has its indexes, too. */
    private static final long MIN_TAIL = 64 << 10;

    private static final long MAX_TAIL = 512 << 10;

    private static final StoreCapabilities REMOTE = new StoreCapabilities(true, PartLimits.NONE, true, true, false);

    private final List<HostInput> inputs;
    private final HostReader host;
    private final Map<String, Long> starts = new HashMap<>();

    /**
     * An input.
     *
     * @param name unique among the inputs, unless two are the same object
     * @param group of the inputs that it may be in one file with
     */
    record HostInput(String name, String group, long size, String version) {}

    /**
     * @param inputs in the order in which the host has them
     * @param host whose bytes are those of all inputs
     */
    HostInputs(List<HostInput> inputs, HostReader host) {
        this.inputs = inputs;
        this.host = host;
        long start = 0;
        for (HostInput input : inputs) {
            starts.put(input.name(), start);
            start += input.size();
        }
    }

    /** Returns what to call a merge's input. */
    Input input(HostInput input) {
        return new Input(new StoredObject(this, input.name()), input.size(), input.version());
    }

    /** Has the host hold the last bytes of an input, if there is room. */
    void holdTail(HostInput input) {
        if (!host.isRemote()) {
            return;
        }
        HeldBytes held = host.held();
        long share = held.capacity() / 2 / inputs.size();
        long length = Math.min(input.size(), Math.max(MIN_TAIL, Math.min(MAX_TAIL, share)));
        if (held.capacity() - held.free() + length <= held.capacity() / 2) {
            long end = start(input.name()) + input.size();
            held.fetch(List.of(new ByteRange(end - length, end)));
            held.pin();
        }
    }

    private long start(String name) {
        return Objects.requireNonNull(starts.get(name), name);
    }

    /** Has the host put its inputs into another order. */
    void arrange(List<Slice> order) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            numbers.put(inputs.get(i).name(), i);
        }
        TreeMap<Long, HostInput> before = new TreeMap<>();
        inputs.forEach(input -> before.put(start(input.name()), input));
        byte[] told = new byte[Integer.BYTES * order.size()];
        long start = 0;
        for (int i = 0; i < order.size(); i++) {
            Input input = order.get(i).input();
            LittleEndian.setInt(told, Integer.BYTES * i, Objects.requireNonNull(numbers.get(input.name())));
            starts.put(input.name(), start);
            start += input.size();
        }
        Scratch.put(told, 0, told.length);
        Host.arrange(order.size());
        host.held().move(position -> {
            Map.Entry<Long, HostInput> moved = Objects.requireNonNull(before.floorEntry(position));
            return start(moved.getValue().name()) + position - moved.getKey();
        });
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
    public ObjectWriter create(String key, NewObject object) {
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

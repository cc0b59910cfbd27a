package io.glulam.join;

import io.glulam.error.GlulamException;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.storage.RangeReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads small neighboring inputs by several workers, and hands each over after those before it. Where reading fails, the input is
 * read again in its turn: so what is wrong is found in the order of the inputs. Not thread-safe.
 */
final class SmallInputs<T extends OrderedWork.Prepared> {
    /** Inputs that wait for their turn at most. */
    private static final int MAX_WAITING = 64;

    private static final long MAX_BYTES = 1 << 20;

    /** Of the memory for buffers, the part that the inputs which wait may have bytes together. */
    private static final int WAITING_SHARE = 16;

    /** Bytes at the end of an input that are read together. */
    private static final int END = 16 << 10;

    private final List<Slice> slices;
    private final PinnedInputs inputs;
    private final ExecutionResources resources;
    private final Reading<T> reading;

    /** Reads inputs and takes what was read of them. */
    interface Reading<T> {
        /** Reads an input; several threads ask. */
        T read(int index, RangeReader reader);

        /** Takes what was read of an input, after that of all inputs before it. */
        void add(int index, RangeReader reader, T read);

        /** Reads an input and takes it, after all inputs before it. */
        void add(int index);
    }

    SmallInputs(List<Slice> slices, PinnedInputs inputs, ExecutionResources resources, Reading<T> reading) {
        this.slices = slices;
        this.inputs = inputs;
        this.resources = resources;
        this.reading = reading;
    }

    /**
     * Has neighbors read and handed over, as many as may wait together.
     *
     * @return one past the last of them; {@code first} if the first one is not small, or stands alone
     */
    int addFrom(int first) {
        int count = resources.workers().count() < 2 ? 0 : count(first);
        if (count < 2) {
            return first;
        }
        new OrderedWork<>(first, count, this::read, this::add).run(resources.workers(), "glulam-join");
        return first + count;
    }

    private int count(int first) {
        long left = resources.bufferBytes() / WAITING_SHARE;
        int end = first;
        while (end < slices.size() && end - first < MAX_WAITING) {
            Input input = slices.get(end).input();
            if (input.size() > Math.min(left, MAX_BYTES) || input.isRemote()) {
                break;
            }
            left -= input.size();
            end++;
        }
        return end - first;
    }

    /**
     * An input that was read, or could not be.
     *
     * @param input stays open; null if it could not be opened
     * @param read null if it could not be read
     */
    private record Waiting<T extends OrderedWork.Prepared>(
            PinnedInputs.@Nullable Pinned input, @Nullable T read) implements OrderedWork.Prepared {
        @Override
        public void close() {
            if (read != null) {
                read.close();
            }
            if (input != null) {
                input.close();
            }
        }
    }

    private Waiting<T> read(int index) {
        PinnedInputs.Pinned input = null;
        try {
            input = inputs.hold(index);
            return new Waiting<>(input, reading.read(index, HeldReader.ofEnd(input.reader(), END)));
        } catch (GlulamException failure) {
            return new Waiting<>(input, null); // Read again in its turn.
        }
    }

    private void add(int index, Waiting<T> small) {
        PinnedInputs.Pinned input = small.input();
        T read = small.read();
        if (input == null || read == null) {
            reading.add(index);
        } else {
            reading.add(index, input.reader(), read);
        }
    }
}

package io.glulam.wasm;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.source.SourceFile;
import io.glulam.staging.SampledValues;
import io.glulam.staging.StagedSource;
import io.glulam.storage.ByteRange;
import io.glulam.storage.PartLimits;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The source, read by the host, which pins its version. Where each read is a request, what will be read of row groups
 * that are merged is fetched ahead.
 */
final class HostReader implements RangeReader, StagedSource {
    /** Bytes that one call of the host brings at most. */
    private static final int MAX_READ = 1 << 20;

    /** Bytes of the windows in which the host reads a long footer. */
    private static final long WINDOWS = 16 << 20;

    /** Of a footer of 100 MB, which takes a dozen requests each time, several columns of thousands of row groups. */
    private static final int FOOTER_READ_AHEAD = 4 << 20;

    /** Parts of any size: what the engine fetches does not depend on where parts end. */
    private static final PartLimits ANY_PARTS = new PartLimits(1, Long.MAX_VALUE, Integer.MAX_VALUE, false, true, 0);

    private final String name;
    private long size;
    private final String version;
    private final boolean remote;
    private final ArenaRanges held;
    private @Nullable MergedReads merged;

    /**
     * @param remote whether every read is a request over a network
     * @param arena bytes that the host can hold
     */
    HostReader(String name, long size, String version, boolean remote, long arena) {
        this.name = name;
        this.size = size;
        this.version = version;
        this.remote = remote;
        this.held = new ArenaRanges(Place.of(name), size, arena);
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
        if (position < HostInputs.OWN && position > size - target.remaining()) {
            throw new CorruptFile(
                    new Place(name, -1, null, position),
                    "the file ends at " + size + ", " + (position + target.remaining() - size) + " bytes early");
        }
        long at = position;
        while (target.hasRemaining()) {
            int length = Math.min(MAX_READ, target.remaining());
            int count = read(at, target.array(), target.arrayOffset() + target.position(), length);
            target.position(target.position() + count);
            at += count;
        }
    }

    /** Returns how many bytes it read, at least one. */
    private int read(long position, byte[] target, int from, int length) {
        int count = held.take(position, target, from, length);
        MergedReads ahead = merged;
        if (count == 0 && ahead != null && ahead.fetch(position)) {
            count = held.take(position, target, from, length);
        }
        if (count == 0) {
            readFromHost(name, position, target, from, length);
            count = length;
        }
        return count;
    }

    /** Reads at most {@link #MAX_READ} bytes, whatever is held. */
    static void readFromHost(String name, long position, byte[] target, int from, int length) {
        Scratch.reserve(length);
        Failure.check(Host.read(position, length), Place.of(name));
        Scratch.take(target, from, length);
    }

    @Override
    public boolean isRemote() {
        return remote;
    }

    @Override
    public int headerWindow() {
        return remote ? MergedReads.HEADER_WINDOW : RangeReader.super.headerWindow();
    }

    /** Each pass over a long footer reads it again from the store. */
    @Override
    public int footerReadAhead() {
        return remote ? FOOTER_READ_AHEAD : RangeReader.super.footerReadAhead();
    }

    /** A footer that does not fit the memory. The windows in which the host reads it come off the arena. */
    @Override
    public void willRead(long position, long length) {
        if (remote) {
            Host.again(position, position + length);
            held.shrink(WINDOWS);
        }
    }

    @Override
    public PartLimits target() {
        return ANY_PARTS;
    }

    /** What is fetched depends on what is merged. */
    @Override
    public void stage(List<ByteRange> ranges) {}

    @Override
    public void willSurvey(SourceFile file, List<int[]> groups, Supplier<List<SampledValues>> sampled) {
        merged = remote ? MergedReads.toPlan(held, file, groups, sampled) : null;
    }

    @Override
    public void willSample(Supplier<List<ByteRange>> ranges) {
        MergedReads ahead = merged;
        if (ahead != null && !ahead.holdsSamples()) {
            held.release();
            held.fetch(ranges.get());
        }
    }

    @Override
    public void willMove(SourceFile file, List<int[]> groups) {
        merged = remote ? MergedReads.toMove(held, file, groups) : null;
    }

    /** Of a merge: the inputs' regions that are read as one source take so many bytes from now on. */
    void resize(long bytes) {
        size = bytes;
        merged = null;
        held.forget(HostInputs.OWN, bytes);
    }

    /** Returns what the host holds of it. */
    ArenaRanges held() {
        return held;
    }

    /** Lets go of everything that is held. */
    void release() {
        held.clear();
    }

    /** The host pins every read. */
    @Override
    public void checkUnchanged() {}

    @Override
    public void close() {}
}

package io.glulam.storage.support;

import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An object in memory that remembers what was read. */
public final class BytesReader implements RangeReader {
    private final String name;
    private final byte[] bytes;
    private final List<String> reads = new ArrayList<>();

    public BytesReader(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** Returns the reads so far, each as {@code position+length}. */
    public List<String> reads() {
        return reads;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void read(long position, ByteBuffer target) {
        reads.add(position + "+" + target.remaining());
        target.put(bytes, Math.toIntExact(position), target.remaining());
    }

    @Override
    public void checkUnchanged() {}

    @Override
    public void close() {}
}

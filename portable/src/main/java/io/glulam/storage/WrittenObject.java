package io.glulam.storage;

import java.nio.ByteBuffer;

/** The bytes that a writer has written so far, read like an object that is there. Closing it leaves the writer open. */
public final class WrittenObject implements RangeReader {
    private final ObjectWriter writer;
    private final String name;
    private final long size;

    /** Presents the bytes that {@code writer} has written up to now. */
    public WrittenObject(ObjectWriter writer, String name) {
        this.writer = writer;
        this.name = name;
        this.size = writer.position();
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
        return "unpublished";
    }

    @Override
    public void read(long position, ByteBuffer target) {
        writer.read(position, target);
    }

    @Override
    public void checkUnchanged() {}

    @Override
    public boolean isRemote() {
        return writer.copiesInStore() || !writer.readsBack();
    }

    @Override
    public void close() {}
}

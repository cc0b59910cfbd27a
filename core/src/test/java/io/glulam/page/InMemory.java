package io.glulam.page;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;

/** An object in memory. */
@SuppressWarnings("ArrayRecordComponent")
record InMemory(byte[] bytes) implements ByteSource {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
        if (position < 0 || length > bytes.length - position) {
            throw new CorruptFile(Place.at(position), "the object ends early");
        }
        System.arraycopy(bytes, (int) position, target, from, length);
    }
}

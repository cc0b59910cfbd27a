package io.glulam.adapt;

import io.glulam.page.ByteSource;

/** A made page as a source. */
@SuppressWarnings("ArrayRecordComponent")
record MadeBytes(byte[] bytes) implements ByteSource {
    @Override
    public String name() {
        return "a made page";
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
        System.arraycopy(bytes, Math.toIntExact(position), target, from, length);
    }
}

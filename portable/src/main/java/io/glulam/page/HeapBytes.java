package io.glulam.page;

/** Bytes in memory as the source that pages are read from: pages that were made and are read again. */
@SuppressWarnings("ArrayRecordComponent")
public record HeapBytes(String name, byte[] bytes) implements ByteSource {
    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
        System.arraycopy(bytes, Math.toIntExact(position), target, from, length);
    }
}

package io.glulam.page.codec;

import io.glulam.format.CompressionCodec;

/** UNCOMPRESSED: a copy. */
public final class UncompressedCodec extends CheckedCodec {
    public UncompressedCodec() {
        super(CompressionCodec.UNCOMPRESSED);
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) {
        if (length == room) {
            System.arraycopy(source, from, target, targetFrom, length);
        }
        return length;
    }

    @Override
    protected int unpackStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted) {
        int taken = Math.min(length, wanted);
        System.arraycopy(source, from, target, targetFrom, taken);
        return taken;
    }

    @Override
    public int maxCompressedLength(int length) {
        return length;
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        System.arraycopy(source, from, target, targetFrom, length);
        return length;
    }
}

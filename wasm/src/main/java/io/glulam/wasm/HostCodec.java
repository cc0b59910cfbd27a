package io.glulam.wasm;

import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.CheckedCodec;

/** A codec that the host has. Pages are unpacked whole: their beginnings are not unpacked by themselves. */
final class HostCodec extends CheckedCodec {
    private static final int MARGIN = 1024;

    private final CompressionCodec codec;
    private final int level;

    /** @param level of the codec; 0 for the default */
    HostCodec(CompressionCodec codec, int level) {
        super(codec);
        this.codec = codec;
        this.level = level;
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) {
        Scratch.put(source, from, length);
        Scratch.reserve(room);
        int unpacked = Host.unpack(codec.ordinal(), length, room);
        if (unpacked < 0) {
            throw corrupt("cannot be unpacked to " + room + " bytes", null);
        }
        Scratch.take(target, targetFrom, unpacked);
        return unpacked;
    }

    @Override
    public int maxCompressedLength(int length) {
        return Math.addExact(length, (length >>> 8) + MARGIN);
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        Scratch.put(source, from, length);
        int room = target.length - targetFrom;
        Scratch.reserve(room);
        int packed = Host.pack(codec.ordinal(), level, length, room);
        if (packed < 0) {
            throw new IllegalStateException(codec + " cannot pack " + length + " bytes");
        }
        Scratch.take(target, targetFrom, packed);
        return packed;
    }
}

package io.glulam.codec;

import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.CheckedCodec;
import io.glulam.page.codec.Lz4Start;
import java.io.IOException;

/** LZ4_RAW: one LZ4 block, without framing. */
final class Lz4RawCodec extends CheckedCodec {
    Lz4RawCodec() {
        super(CompressionCodec.LZ4_RAW);
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) {
        return Lz4Blocks.unpack(source, from, length, target, targetFrom, room);
    }

    @Override
    protected int unpackStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted)
            throws IOException {
        return Lz4Start.unpack(source, from, from + length, target, targetFrom, wanted);
    }

    @Override
    public int maxCompressedLength(int length) {
        return Math.addExact(length, length / 255 + 16);
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        return Lz4Blocks.pack(source, from, length, target, targetFrom);
    }

    @Override
    protected String dependency() {
        return "at.yawk.lz4:lz4-java";
    }
}

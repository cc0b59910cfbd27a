package io.glulam.page.codec;

import io.glulam.format.CompressionCodec;
import java.io.IOException;

/** LZ4_RAW: one LZ4 block, without framing. */
final class Lz4RawCodec extends CheckedCodec {
    Lz4RawCodec() {
        super(CompressionCodec.LZ4_RAW);
    }

    @Override
    int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) {
        return Lz4Blocks.unpack(source, from, length, target, targetFrom, room);
    }

    @Override
    int unpackStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted) throws IOException {
        return Lz4Start.unpack(source, from, from + length, target, targetFrom, wanted);
    }

    @Override
    public int maxCompressedLength(int length) {
        return Math.addExact(length, length / 255 + 16);
    }

    @Override
    int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        return Lz4Blocks.pack(source, from, length, target, targetFrom);
    }

    @Override
    String dependency() {
        return "at.yawk.lz4:lz4-java";
    }
}

package io.glulam.codec;

import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.CheckedCodec;
import java.io.IOException;

/** BROTLI (RFC 7932), through a native library that is loaded by the first page. */
final class BrotliCodec extends CheckedCodec {
    BrotliCodec() {
        super(CompressionCodec.BROTLI);
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room)
            throws IOException {
        return BrotliStreams.unpack(source, from, length, target, targetFrom, room);
    }

    @Override
    protected int unpackStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted)
            throws IOException {
        return BrotliStreams.unpackStart(source, from, length, target, targetFrom, wanted);
    }

    @Override
    public int maxCompressedLength(int length) {
        // Brotli stores what does not shrink, with a few bytes for each meta-block of at least 16 KiB.
        return Math.addExact(length, (length >>> 11) + 64);
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) throws IOException {
        return BrotliStreams.pack(source, from, length, target, targetFrom);
    }

    @Override
    protected String dependency() {
        return "com.aayushatharva.brotli4j:native-<system>-<architecture>";
    }
}

package io.glulam.codec;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** The LZ4 block format. A class of its own, so that the library is loaded by the first block. */
final class Lz4Blocks {
    private static final LZ4Factory FACTORY = factory();
    private static final LZ4SafeDecompressor DECOMPRESSOR = FACTORY.safeDecompressor();
    private static final LZ4Compressor COMPRESSOR = FACTORY.fastCompressor();

    private Lz4Blocks() {}

    /** Not the library's choice, which differs by class loader, and with it the bytes. */
    private static LZ4Factory factory() {
        try {
            return LZ4Factory.nativeInstance();
        } catch (LinkageError | RuntimeException noNativeLibrary) {
            return LZ4Factory.safeInstance();
        }
    }

    static int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) {
        return DECOMPRESSOR.decompress(source, from, length, target, targetFrom, room);
    }

    static int maxLength(int length) {
        return Math.addExact(length, length / 255 + 16);
    }

    static int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        return COMPRESSOR.compress(source, from, length, target, targetFrom, target.length - targetFrom);
    }
}

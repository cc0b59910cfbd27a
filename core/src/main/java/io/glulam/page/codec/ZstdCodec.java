package io.glulam.page.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.glulam.format.CompressionCodec;
import org.jspecify.annotations.Nullable;

/** ZSTD, written at level 3 unless told, the library's and every known writer's default; several frames when reading. */
final class ZstdCodec extends CheckedCodec {
    private static final int DEFAULT_LEVEL = 3;
    private static final int SMALL = 128 << 10;

    private final int level;
    private @Nullable ZstdDecompressCtx decompressor;
    private @Nullable ZstdCompressCtx compressor;

    /** @param level 1 to 22; 0 for the default */
    ZstdCodec(int level) {
        super(CompressionCodec.ZSTD);
        this.level = level == 0 ? DEFAULT_LEVEL : level;
    }

    @Override
    int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) {
        if (decompressor == null) {
            decompressor = new ZstdDecompressCtx();
        }
        return decompressor.decompressByteArray(target, targetFrom, room, source, from, length);
    }

    @Override
    public int maxCompressedLength(int length) {
        int margin = length < SMALL ? (SMALL - length) >>> 11 : 0;
        return Math.addExact(length, (length >>> 8) + margin);
    }

    @Override
    int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        if (compressor == null) {
            compressor = new ZstdCompressCtx();
            compressor.setLevel(level);
        }
        int room = target.length - targetFrom;
        return compressor.compressByteArray(target, targetFrom, room, source, from, length);
    }

    @Override
    public void close() {
        if (decompressor != null) {
            decompressor.close();
            decompressor = null;
        }
        if (compressor != null) {
            compressor.close();
            compressor = null;
        }
    }

    @Override
    String dependency() {
        return "com.github.luben:zstd-jni";
    }
}

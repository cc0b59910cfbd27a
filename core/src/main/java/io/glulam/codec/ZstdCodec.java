package io.glulam.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.CheckedCodec;
import io.glulam.page.codec.ZstdStart;
import org.jspecify.annotations.Nullable;

/** ZSTD, written at level 3 unless told, the library's and every known writer's default; several frames when reading. */
final class ZstdCodec extends CheckedCodec {
    private static final int DEFAULT_LEVEL = 3;
    private static final int SMALL = 128 << 10;

    private final int level;
    private final ZstdStart start = new ZstdStart();
    private @Nullable ZstdDecompressCtx decompressor;
    private @Nullable ZstdCompressCtx compressor;

    /** @param level 1 to 22; 0 for the default */
    ZstdCodec(int level) {
        super(CompressionCodec.ZSTD);
        this.level = level == 0 ? DEFAULT_LEVEL : level;
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) {
        return decompressor().decompressByteArray(target, targetFrom, room, source, from, length);
    }

    private ZstdDecompressCtx decompressor() {
        if (decompressor == null) {
            decompressor = new ZstdDecompressCtx();
        }
        return decompressor;
    }

    @Override
    protected int unpackStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted) {
        int blocks = (wanted + ZstdStart.MAX_BLOCK - 1) / ZstdStart.MAX_BLOCK;
        while (true) {
            int taken = start.take(source, from, from + length, blocks);
            if (taken < blocks && !start.isComplete()) {
                return 0;
            }
            int room = wanted + START_SLACK;
            int unpacked =
                    decompressor().decompressByteArray(target, targetFrom, room, start.frame(), 0, start.length());
            if (unpacked >= wanted || start.isComplete()) {
                return unpacked;
            }
            // Never more blocks than there is room for, even if each unpacks to as many bytes as it may.
            blocks += Math.max(1, (wanted - unpacked) / ZstdStart.MAX_BLOCK);
        }
    }

    @Override
    public int maxCompressedLength(int length) {
        int margin = length < SMALL ? (SMALL - length) >>> 11 : 0;
        return Math.addExact(length, (length >>> 8) + margin);
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
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
    protected String dependency() {
        return "com.github.luben:zstd-jni";
    }
}

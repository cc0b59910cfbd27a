package io.glulam.codec;

import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.CheckedCodec;
import io.glulam.page.codec.SnappyStart;
import java.io.IOException;
import org.xerial.snappy.Snappy;

/** SNAPPY: the raw block format, without framing. */
final class SnappyCodec extends CheckedCodec {
    SnappyCodec() {
        super(CompressionCodec.SNAPPY);
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room)
            throws IOException {
        // The library writes as many bytes as the block claims, whatever the room.
        int claimed = Snappy.uncompressedLength(source, from, length);
        if (claimed != room) {
            throw corrupt("claims " + Integer.toUnsignedString(claimed) + " bytes, expected " + room, null);
        }
        if (room == 0) {
            byte[] nothing = new byte[1];
            return Snappy.uncompress(source, from, length, nothing, 0);
        }
        return Snappy.uncompress(source, from, length, target, targetFrom);
    }

    @Override
    protected int unpackStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted)
            throws IOException {
        return SnappyStart.unpack(source, from, from + length, target, targetFrom, wanted);
    }

    @Override
    public int maxCompressedLength(int length) {
        return Math.addExact(length, length / 6 + 32);
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) throws IOException {
        return Snappy.compress(source, from, length, target, targetFrom);
    }

    @Override
    protected String dependency() {
        return "org.xerial.snappy:snappy-java";
    }
}

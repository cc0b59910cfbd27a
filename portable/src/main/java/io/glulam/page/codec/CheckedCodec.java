package io.glulam.page.codec;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.CompressionCodec;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The common part of all codecs: ranges checked before any library sees them, failures of libraries translated. */
public abstract class CheckedCodec implements PageCodec {
    private final CompressionCodec codec;

    /** @param codec for messages */
    protected CheckedCodec(CompressionCodec codec) {
        this.codec = codec;
    }

    /** Unpacks at least one byte of source into at most {@code room} bytes; gives the number of bytes unpacked. */
    protected abstract int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room)
            throws IOException;

    /**
     * Unpacks the beginning; of codecs that cannot, nothing.
     *
     * @param length at least 1
     * @param wanted at least 1
     */
    protected int unpackStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted)
            throws IOException {
        return 0;
    }

    /** Packs into a target that has room. */
    protected abstract int pack(byte[] source, int from, int length, byte[] target, int targetFrom) throws IOException;

    @Override
    public final void decompress(byte[] source, int from, int length, byte[] target, int targetFrom, int targetLength) {
        Objects.checkFromIndexSize(from, length, source.length);
        Objects.checkFromIndexSize(targetFrom, targetLength, target.length);
        int unpacked = length == 0 ? 0 : unpacked(source, from, length, target, targetFrom, targetLength, false);
        if (unpacked != targetLength) {
            throw corrupt("unpacks to " + unpacked + " bytes, expected " + targetLength, null);
        }
    }

    @Override
    public final int decompressStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted) {
        Objects.checkFromIndexSize(from, length, source.length);
        Objects.checkFromIndexSize(targetFrom, Math.addExact(wanted, START_SLACK), target.length);
        return length == 0 || wanted == 0 ? 0 : unpacked(source, from, length, target, targetFrom, wanted, true);
    }

    /** Unpacks all or the start. Without a lambda, since the compiler of short runs makes those slow. */
    private int unpacked(
            byte[] source, int from, int length, byte[] target, int targetFrom, int expected, boolean start) {
        try {
            return start
                    ? unpackStart(source, from, length, target, targetFrom, expected)
                    : unpack(source, from, length, target, targetFrom, expected);
        } catch (GlulamException alreadyClear) {
            throw alreadyClear;
        } catch (IOException | RuntimeException cause) {
            throw corrupt("is not " + expected + " bytes: " + cause.getMessage(), cause);
        } catch (LinkageError cause) {
            throw missing(cause);
        }
    }

    @Override
    public final int compress(byte[] source, int from, int length, byte[] target, int targetFrom) {
        if (!codec.isWritten()) {
            throw new Unsupported(
                    Place.UNKNOWN, codec + " can be read but not written", "choose another codec for the output");
        }
        Objects.checkFromIndexSize(from, length, source.length);
        Objects.checkFromIndexSize(targetFrom, maxCompressedLength(length), target.length);
        try {
            return pack(source, from, length, target, targetFrom);
        } catch (IOException cause) {
            throw new IllegalStateException(codec + " cannot pack " + length + " bytes", cause);
        } catch (LinkageError cause) {
            throw missing(cause);
        }
    }

    @Override
    public void close() {}

    protected final CorruptFile corrupt(String problem, @Nullable Throwable cause) {
        return new CorruptFile(Place.UNKNOWN, "the page's " + codec + " body " + problem, null, cause);
    }

    protected final Unsupported missing(Throwable cause) {
        String problem = "the native library for " + codec + " is missing or does not load on "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return new Unsupported(Place.UNKNOWN, problem, "put " + dependency() + " on the class path", cause);
    }

    /** The artifact that brings the codec's library for this platform. */
    protected String dependency() {
        return "its library";
    }
}

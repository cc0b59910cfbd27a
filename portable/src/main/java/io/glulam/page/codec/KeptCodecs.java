package io.glulam.page.codec;

import io.glulam.format.CompressionCodec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Codecs that are kept once they are closed, and handed out again: where there are many small chunks, making the codecs' native
 * memory takes longer than their pages. Closing this closes those that are kept, and others once they are closed. Thread-safe.
 */
public final class KeptCodecs implements PageCodecs, AutoCloseable {
    private final PageCodecs origin;
    private final Map<Kind, Deque<PageCodec>> kept = new HashMap<>();
    private boolean closed;

    private record Kind(CompressionCodec codec, int level) {}

    /** @param origin makes the codecs */
    public KeptCodecs(PageCodecs origin) {
        this.origin = origin;
    }

    @Override
    public PageCodec of(CompressionCodec codec, int level) {
        Kind kind = new Kind(codec, level);
        PageCodec known = take(kind);
        return new Lent(kind, known == null ? origin.of(codec, level) : known);
    }

    private synchronized @Nullable PageCodec take(Kind kind) {
        Deque<PageCodec> some = kept.get(kind);
        return some == null ? null : some.poll();
    }

    private synchronized void giveBack(Kind kind, PageCodec codec) {
        if (closed) {
            codec.close();
        } else {
            kept.computeIfAbsent(kind, first -> new ArrayDeque<>()).push(codec);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        kept.values().forEach(some -> some.forEach(PageCodec::close));
        kept.clear();
    }

    /** A codec that is in use. */
    private final class Lent implements PageCodec {
        private final Kind kind;
        private final PageCodec codec;
        private boolean returned;

        Lent(Kind kind, PageCodec codec) {
            this.kind = kind;
            this.codec = codec;
        }

        @Override
        public void decompress(byte[] source, int from, int length, byte[] target, int targetFrom, int targetLength) {
            codec.decompress(source, from, length, target, targetFrom, targetLength);
        }

        @Override
        public int decompressStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted) {
            return codec.decompressStart(source, from, length, target, targetFrom, wanted);
        }

        @Override
        public int maxCompressedLength(int length) {
            return codec.maxCompressedLength(length);
        }

        @Override
        public int compress(byte[] source, int from, int length, byte[] target, int targetFrom) {
            return codec.compress(source, from, length, target, targetFrom);
        }

        @Override
        public void close() {
            if (!returned) {
                returned = true;
                giveBack(kind, codec);
            }
        }
    }
}

package io.glulam.join;

import io.glulam.adapt.ChunkSink;
import io.glulam.pipeline.Spool;
import java.nio.ByteBuffer;

/** The column chunks and page indexes that are made for a joined object. They lie after the regions of the inputs. */
final class MadeTail implements ChunkSink {
    private final Spool bytes;
    private final long from;

    /** @param from where in the joined object the first byte lies */
    MadeTail(Spool bytes, long from) {
        this.bytes = bytes;
        this.from = from;
    }

    @Override
    public long position() {
        return from + bytes.size();
    }

    @Override
    public void append(byte[] made, int start, int length) {
        bytes.append(made, start, length);
    }

    /** Appends bytes; returns where in the joined object they lie. */
    long append(byte[] made) {
        long position = position();
        append(made, 0, made.length);
        return position;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        bytes.read(position - from, target);
    }
}

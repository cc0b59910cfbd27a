package io.glulam.testkit.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A buffered stream from an offset of a file, which knows its position. */
final class FileInput extends InputStream {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(4096).limit(0);
    private final long end;
    private long bufferEnd;

    /** A stream of the bytes {@code [offset, end)}. */
    FileInput(FileChannel channel, long offset, long end) {
        if (offset < 0) {
            throw new MalformedFile("negative offset " + offset);
        }
        this.channel = channel;
        this.end = end;
        this.bufferEnd = offset;
    }

    long position() {
        return bufferEnd - buffer.remaining();
    }

    @Override
    public int read() throws IOException {
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        return buffer.get() & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(target, from, count);
        return count;
    }

    private boolean fill() throws IOException {
        buffer.clear().limit((int) Math.max(0, Math.min(buffer.capacity(), end - bufferEnd)));
        int count = channel.read(buffer, bufferEnd);
        buffer.flip();
        bufferEnd += Math.max(count, 0);
        return count > 0;
    }

    static byte[] bytes(FileChannel channel, long offset, int length) {
        try {
            if (offset < 0 || length < 0 || offset + length > channel.size()) {
                throw new MalformedFile("bytes " + offset + "+" + length + " of a file of " + channel.size());
            }
            ByteBuffer target = ByteBuffer.allocate(length);
            while (target.hasRemaining()) {
                if (channel.read(target, offset + target.position()) < 0) {
                    throw new MalformedFile("file shrank");
                }
            }
            return target.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.glulam.testkit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A channel whose writes and syncs are written down. */
final class RecordedChannel extends FileChannel {
    /** Stands for the folder itself, which can only be synced. */
    static final int FOLDER = -1;

    private final FileChannel channel;
    private final DiskLog log;
    private final int file;

    RecordedChannel(FileChannel channel, DiskLog log, int file) {
        this.channel = channel;
        this.log = log;
        this.file = file;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int written = write(source, channel.position());
        channel.position(channel.position() + written);
        return written;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        ByteBuffer before = source.duplicate();
        int written = channel.write(source, position);
        log.written(file, position, before.limit(before.position() + written));
        return written;
    }

    @Override
    public long write(ByteBuffer[] sources, int from, int length) {
        throw new UnsupportedOperationException("not recorded");
    }

    @Override
    public void force(boolean metaData) throws IOException {
        channel.force(metaData);
        if (file == FOLDER) {
            log.folderSynced();
        } else {
            log.synced(file);
        }
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException("not recorded");
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(count, 1 << 16));
        if (source.read(bytes) <= 0) {
            return 0;
        }
        return write(bytes.flip(), position);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return channel.transferTo(position, count, target);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        if (mode != MapMode.READ_ONLY) {
            throw new UnsupportedOperationException("not recorded");
        }
        return channel.map(mode, position, size);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int from, int length) throws IOException {
        return channel.read(targets, from, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return channel.read(target, position);
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }
}

package io.glulam.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The disk begins while more is written, and no failure of it is lost. */
class WriteBackTest {
    private static final long MANY = 1L << 30;

    @Test
    void aSmallFileIsSyncedOnceInTheEnd() throws IOException {
        SyncedChannel channel = new SyncedChannel();
        WriteBack writeBack = new WriteBack(channel);
        writeBack.written(1_000);
        writeBack.close();
        assertThat(channel.syncs).hasValue(0);

        writeBack.finish();

        assertThat(channel.syncs).hasValue(1);
        assertThat(channel.metadataToo).isTrue();
    }

    @Test
    void aLargeFileIsSyncedMeanwhileAndInTheEnd() throws IOException {
        SyncedChannel channel = new SyncedChannel();
        WriteBack writeBack = new WriteBack(channel);
        writeBack.written(MANY);
        writeBack.close();
        assertThat(channel.syncs).hasValue(1);

        writeBack.finish();

        assertThat(channel.syncs).hasValue(2);
        assertThat(channel.metadataToo).isTrue();
    }

    @Test
    void oneSyncAtATime() throws IOException {
        CountDownLatch disk = new CountDownLatch(1);
        SyncedChannel channel = new SyncedChannel();
        channel.disk = disk;
        WriteBack writeBack = new WriteBack(channel);
        for (long position = MANY; position < 10 * MANY; position += MANY) {
            writeBack.written(position);
        }
        disk.countDown();
        writeBack.close();

        assertThat(channel.syncs).hasValue(1);
    }

    @Test
    void aFailureIsToldInTheEndThoughTheLastSyncWouldSucceed() throws IOException {
        SyncedChannel channel = new SyncedChannel();
        channel.failure = new IOException("Input/output error");
        WriteBack writeBack = new WriteBack(channel);
        writeBack.written(MANY);
        writeBack.close();
        channel.failure = null;
        writeBack.written(2 * MANY);

        assertThatThrownBy(writeBack::finish).hasMessage("Input/output error");
        assertThatCode(() -> channel.force(true)).doesNotThrowAnyException();
    }

    /** A file of which nothing is known but that it is synced. */
    private static final class SyncedChannel extends FileChannel {
        private final AtomicInteger syncs = new AtomicInteger();
        private volatile boolean metadataToo;
        private volatile IOException failure;
        private volatile CountDownLatch disk = new CountDownLatch(0);

        @Override
        public void force(boolean metaData) throws IOException {
            try {
                disk.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            syncs.incrementAndGet();
            metadataToo = metaData;
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int from, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] sources, int from, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long size() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer target, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void implCloseChannel() {}
    }
}

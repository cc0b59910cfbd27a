package io.glulam.execute;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import io.glulam.local.UnnamedFile;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are needed again before they are written: in memory up to a limit, beyond it in a temporary file that goes
 * with the spool. Not thread-safe.
 */
final class Spool implements ByteSource, AutoCloseable {
    private static final int READ = 256 << 10;

    private final int memoryLimit;
    private final @Nullable Path folder;
    private ByteArrayBuilder memory = new ByteArrayBuilder(1 << 12);
    private @Nullable FileChannel file;
    private long size;

    /** @param folder of the temporary file; null for the system's */
    Spool(int memoryLimit, @Nullable Path folder) {
        this.memoryLimit = memoryLimit;
        this.folder = folder;
    }

    void append(byte[] bytes, int from, int length) {
        try {
            FileChannel channel = file;
            if (channel == null && memory.size() + (long) length <= memoryLimit) {
                memory.append(bytes, from, length);
            } else {
                if (channel == null) {
                    channel = spill();
                }
                writeFully(channel, ByteBuffer.wrap(bytes, from, length));
            }
            size += length;
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    private FileChannel spill() throws IOException {
        FileChannel channel = UnnamedFile.create(folder);
        file = channel;
        writeFully(channel, ByteBuffer.wrap(memory.array(), 0, memory.size()));
        memory = new ByteArrayBuilder(0);
        return channel;
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Hands over all bytes, in order. */
    void writeTo(Consumer<ByteBuffer> out) {
        if (file == null) {
            out.accept(ByteBuffer.wrap(memory.array(), 0, memory.size()));
            return;
        }
        byte[] buffer = new byte[READ];
        for (long at = 0; at < size; at += READ) {
            int length = (int) Math.min(READ, size - at);
            read(at, buffer, 0, length);
            out.accept(ByteBuffer.wrap(buffer, 0, length));
        }
    }

    @Override
    public String name() {
        return "temporary file";
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
        FileChannel channel = file;
        if (channel == null) {
            System.arraycopy(memory.array(), Math.toIntExact(position), target, from, length);
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(target, from, length);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position() - from) < 0) {
                    throw new EOFException("ends early");
                }
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private static StorageFailed failed(String action, IOException cause) {
        return new StorageFailed(
                Place.UNKNOWN,
                "cannot " + action + " a temporary file: " + cause.getMessage(),
                Remedy.OTHER_TEMPORARY_FOLDER.text(),
                false,
                cause);
    }

    @Override
    public void close() {
        FileChannel channel = file;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw failed("close", e);
            }
        }
    }
}

package io.glulam.local;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import io.glulam.storage.RangeSpool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A sparse temporary file, made when the first byte comes and gone with the spool or the process. */
public final class DiskSpool implements RangeSpool {
    /** Spools in the system's folder for temporary files. */
    public static final Factory IN_SYSTEM_FOLDER = () -> new DiskSpool(null);

    private final @Nullable Path folder;
    private volatile @Nullable FileChannel file;

    /** @param folder where; null for the system's */
    public DiskSpool(@Nullable Path folder) {
        this.folder = folder;
    }

    private synchronized FileChannel file() throws IOException {
        FileChannel known = file;
        if (known == null) {
            known = UnnamedFile.create(folder);
            file = known;
        }
        return known;
    }

    @Override
    public void write(long position, ByteBuffer bytes) {
        long at = position;
        try {
            while (bytes.hasRemaining()) {
                at += file().write(bytes, at);
            }
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    @Override
    public void read(long position, ByteBuffer target) {
        long at = position;
        try {
            while (target.hasRemaining()) {
                int count = file().read(target, at);
                if (count < 0) {
                    throw new IOException("it ends early");
                }
                at += count;
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    @Override
    public synchronized void close() {
        FileChannel known = file;
        if (known != null) {
            try {
                known.close();
            } catch (IOException e) {
                throw failed("close", e);
            }
        }
    }

    private static StorageFailed failed(String action, IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new StorageFailed(
                Place.UNKNOWN,
                "cannot " + action + " a temporary file: " + reason,
                Remedy.MORE_SPACE.text(),
                false,
                cause);
    }
}

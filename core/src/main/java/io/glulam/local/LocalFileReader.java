package io.glulam.local;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.storage.RangeReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A local file, pinned by inode, size and modification time. */
public final class LocalFileReader implements RangeReader {
    private final Path path;
    private final FileChannel channel;
    private final BasicFileAttributes pinned;

    private LocalFileReader(Path path, FileChannel channel, BasicFileAttributes pinned) {
        this.path = path;
        this.channel = channel;
        this.pinned = pinned;
    }

    /**
     * Opens a file.
     *
     * @throws StorageFailed if it is missing, no file, or must not be read
     */
    public static LocalFileReader open(Path path) {
        FileChannel channel = null;
        try {
            BasicFileAttributes pinned = requireFile(path);
            channel = FileChannel.open(path, StandardOpenOption.READ);
            LocalFileReader reader = new LocalFileReader(path, channel, pinned);
            reader.checkUnchanged();
            return reader;
        } catch (IOException e) {
            closeQuietly(channel, e);
            throw LocalFiles.failed(path, "open", e);
        }
    }

    /** Opening a pipe would wait for its writer, and nothing can interrupt that. */
    private static BasicFileAttributes requireFile(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            String what = attributes.isDirectory() ? "a folder" : "a pipe, a socket or a device";
            throw new StorageFailed(
                    StorageFailed.Kind.MISSING,
                    Place.of(path.toString()),
                    what + ", not a file",
                    "name Parquet files in it; merge takes folders");
        }
        return attributes;
    }

    private static void closeQuietly(@Nullable FileChannel channel, IOException cause) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    /** Returns the file's path, as it was given. */
    public Path path() {
        return path;
    }

    /** Returns the open channel, for copies inside the file system. */
    FileChannel channel() {
        return channel;
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public long size() {
        return pinned.size();
    }

    @Override
    public String version() {
        return FileVersion.of(pinned);
    }

    @Override
    public void read(long position, ByteBuffer target) {
        long at = position;
        try {
            while (target.hasRemaining()) {
                int count = channel.read(target, at);
                if (count < 0) {
                    throw new CorruptFile(
                            new Place(name(), -1, null, at),
                            "the file ends at " + at + ", " + target.remaining() + " bytes early");
                }
                at += count;
            }
        } catch (IOException e) {
            throw LocalFiles.failed(path, "read", e);
        }
    }

    @Override
    public void checkUnchanged() {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            if (!FileVersion.isSame(now, pinned) || channel.size() != pinned.size()) {
                throw changed(name());
            }
        } catch (java.nio.file.NoSuchFileException e) {
            throw changed(name());
        } catch (IOException e) {
            throw LocalFiles.failed(path, "look at", e);
        }
    }

    /** Returns the failure that a file of that name is no longer the version that was pinned. */
    static SourceChanged changed(String name) {
        return new SourceChanged(
                Place.of(name), "the file changed while it was read", "it was left as it is; run again");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw LocalFiles.failed(path, "close", e);
        }
    }
}

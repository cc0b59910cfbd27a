package io.glulam.local;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.WrittenObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A local file being written: a temporary file in the target's folder, published by fsync, atomic rename and fsync of
 * the folder. A crash leaves at worst the temporary file, which the next run for the same target removes.
 */
public final class LocalFileWriter implements ObjectWriter {
    /** Bytes copied at once: between two copies the disk can be set to work. */
    private static final long TRANSFER = 32L << 20;

    private final Path target;
    private final TemporaryFile temporary;
    private final FileChannel channel;
    private final WriteBack writeBack;
    private final PublishCondition condition;
    private final @Nullable LocalBackup backup;
    private long position;
    private boolean published;

    private LocalFileWriter(
            Path target, TemporaryFile temporary, PublishCondition condition, @Nullable LocalBackup backup) {
        this.target = target;
        this.temporary = temporary;
        this.channel = temporary.channel();
        this.writeBack = new WriteBack(channel);
        this.condition = condition;
        this.backup = backup;
    }

    /**
     * Starts a new file.
     *
     * @param target where it will be published; a symbolic link stands for the file that it points to
     * @param expectedSize bytes that the folder must have room for
     * @param attributesFrom file whose permissions and, where allowed, owner the new one gets; null for the defaults
     * @param backup name that the replaced file keeps by a hard link; null for none
     * @throws StorageFailed if the folder is missing, full or must not be written, the target exists where it must not, or
     *     the backup's name is taken
     */
    public static LocalFileWriter create(
            Path target,
            PublishCondition condition,
            long expectedSize,
            @Nullable Path attributesFrom,
            @Nullable Path backup) {
        Path real = target;
        try {
            real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            TemporaryFile.removeLeftovers(real);
            if (condition instanceof PublishCondition.Absent && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw exists(target);
            }
            LocalBackup kept = backup == null ? null : new LocalBackup(real, backup);
            if (kept != null) {
                kept.requireFree();
            }
            TemporaryFile temporary = TemporaryFile.beside(real, expectedSize, attributesFrom);
            return new LocalFileWriter(real, temporary, condition, kept);
        } catch (IOException e) {
            throw LocalFiles.failed(real, "create a temporary file beside it", e);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void append(ByteBuffer literal) {
        try {
            while (literal.hasRemaining()) {
                position += channel.write(literal, position);
            }
            writeBack.written(position);
        } catch (IOException e) {
            throw LocalFiles.failed(temporary.path(), "write", e);
        }
    }

    @Override
    public void copy(RangeReader source, long offset, long length) {
        source.locate(offset, length, this::copyOne);
    }

    private void copyOne(RangeReader source, long offset, long length) {
        if (source instanceof LocalFileReader file) {
            transfer(file, offset, length);
        } else {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, 1 << 18));
            for (long done = 0; done < length; done += buffer.limit()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), length - done));
                source.read(offset + done, buffer);
                append(buffer.flip());
            }
        }
    }

    private void transfer(LocalFileReader file, long offset, long length) {
        try {
            channel.position(position);
            long done = 0;
            while (done < length) {
                long count = file.channel().transferTo(offset + done, Math.min(TRANSFER, length - done), channel);
                if (count <= 0) {
                    throw new io.glulam.error.CorruptFile(
                            new Place(file.name(), -1, null, offset + done),
                            "the file ends " + (length - done) + " bytes early");
                }
                done += count;
                writeBack.written(position + done);
            }
            position += length;
        } catch (IOException e) {
            throw LocalFiles.failed(temporary.path(), "write", e);
        }
    }

    @Override
    public void read(long from, ByteBuffer into) {
        try {
            long at = from;
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    throw new StorageFailed(
                            Place.of(temporary.path().toString()), "what was written cannot be read back", null);
                }
                at += count;
            }
        } catch (IOException e) {
            throw LocalFiles.failed(temporary.path(), "read back", e);
        }
    }

    @Override
    public void publish() {
        if (published) {
            throw new IllegalStateException("published already");
        }
        try {
            writeBack.finish();
            checkCondition();
            if (backup != null) {
                backup.keep();
            }
            rename();
            published = true;
            LocalFiles.syncFolder(target);
        } catch (IOException e) {
            throw LocalFiles.failed(target, "publish", e);
        }
    }

    private void checkCondition() {
        if (condition instanceof PublishCondition.Unchanged unchanged) {
            unchanged.source().checkUnchanged();
        }
    }

    private void rename() throws IOException {
        if (condition instanceof PublishCondition.Absent) {
            // A link never overwrites, a rename always does.
            try {
                Files.createLink(target, temporary.path());
                temporary.delete();
                return;
            } catch (FileAlreadyExistsException e) {
                throw exists(target);
            } catch (UnsupportedOperationException | IOException e) {
                if (Files.exists(target)) {
                    throw exists(target);
                }
            }
        }
        Files.move(temporary.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static StorageFailed exists(Path target) {
        return new StorageFailed(
                StorageFailed.Kind.EXISTS, Place.of(target.toString()), "the file exists", Remedy.OVERWRITE.text());
    }

    /** Renaming changes nothing that tells versions apart. */
    @Override
    public String expectedVersion() {
        try {
            return FileVersion.of(temporary.path());
        } catch (IOException e) {
            throw LocalFiles.failed(temporary.path(), "look at", e);
        }
    }

    /** Returns the bytes written so far, to be read before they are published. */
    public RangeReader written() {
        return new WrittenObject(this, target.toString());
    }

    /** Returns whether {@link #publish} has made the file visible, even if it failed afterwards. */
    public boolean published() {
        return published;
    }

    @Override
    public void close() {
        try {
            writeBack.close();
            channel.close();
            if (!published) {
                temporary.delete();
            }
        } catch (IOException e) {
            throw LocalFiles.failed(temporary.path(), "close", e);
        }
    }
}

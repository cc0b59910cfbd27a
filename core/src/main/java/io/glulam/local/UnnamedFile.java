package io.glulam.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Temporary files without a name, which go with their channel, or with the process even if that is killed. */
public final class UnnamedFile {
    private static final Set<OpenOption> OPTIONS = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);

    private UnnamedFile() {}

    /**
     * Creates a file that only its owner may read. Unix removes its name as soon as it is open, other systems once it is
     * closed.
     *
     * @param folder where its bytes lie; null for the system's folder for temporary files
     */
    public static FileChannel create(@Nullable Path folder) throws IOException {
        Path where = folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : folder;
        Path path = where.resolve("glulam-" + TemporaryFile.unique() + ".spool");
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(path, OPTIONS, ownersOnly())
                : FileChannel.open(path, OPTIONS);
    }

    private static FileAttribute<?> ownersOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }
}

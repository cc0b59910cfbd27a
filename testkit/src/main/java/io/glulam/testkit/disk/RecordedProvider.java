package io.glulam.testkit.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Does what it is asked in the real folder, and writes down what changes the disk. */
final class RecordedProvider extends FileSystemProvider {
    private final FileSystemProvider real;
    private final DiskLog log;
    private final boolean links;

    /** @param links whether the file system knows hard links */
    RecordedProvider(FileSystemProvider real, DiskLog log, boolean links) {
        this.real = real;
        this.log = log;
        this.links = links;
    }

    private static Path real(Path path) {
        return RecordedPath.realOf(path);
    }

    private static String name(Path path) {
        return real(path).getFileName().toString();
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        if (Files.isDirectory(real(path))) {
            return new RecordedChannel(
                    real.newFileChannel(real(path), options, attributes), log, RecordedChannel.FOLDER);
        }
        boolean writes = options.contains(StandardOpenOption.WRITE);
        boolean isNew = !Files.exists(real(path));
        FileChannel channel = real.newFileChannel(real(path), options, attributes);
        int file = writes && isNew ? log.created(name(path)) : log.known(name(path));
        return new RecordedChannel(channel, log, file);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        if (!links) {
            throw new UnsupportedOperationException("no hard links");
        }
        log.known(name(existing));
        real.createLink(real(link), real(existing));
        log.linked(name(existing), name(link));
    }

    @Override
    public void delete(Path path) throws IOException {
        real.delete(real(path));
        log.deleted(name(path));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        log.known(name(source));
        real.move(real(source), real(target), options);
        log.renamed(name(source), name(target));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        boolean replace = Arrays.asList(options).contains(StandardCopyOption.REPLACE_EXISTING);
        if (!replace && Files.exists(real(target))) {
            throw new FileAlreadyExistsException(target.toString());
        }
        try (FileChannel from = newFileChannel(source, Set.of(StandardOpenOption.READ));
                FileChannel to = newFileChannel(target, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
            for (long at = 0; at < from.size(); ) {
                at += to.transferFrom(from, at, from.size() - at);
            }
        }
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        RecordedFileSystem system = (RecordedFileSystem) folder.getFileSystem();
        DirectoryStream<Path> entries =
                real.newDirectoryStream(real(folder), entry -> filter.accept(new RecordedPath(system, entry)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> found = entries.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return found.hasNext();
                    }

                    @Override
                    public Path next() {
                        return new RecordedPath(system, found.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                entries.close();
            }
        };
    }

    @Override
    public boolean isSameFile(Path left, Path right) throws IOException {
        return real.isSameFile(real(left), real(right));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return real.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real.checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return real.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return real.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) throws IOException {
        return real.readAttributes(real(path), names, options);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options) throws IOException {
        real.setAttribute(real(path), name, value, options);
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) {
        throw new UnsupportedOperationException("not recorded");
    }

    @Override
    public String getScheme() {
        return "recorded";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }
}

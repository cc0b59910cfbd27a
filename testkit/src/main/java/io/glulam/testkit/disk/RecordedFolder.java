package io.glulam.testkit.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder whose changes are written down in their order, system call by system call, while they are really made.
 * Only what goes through {@link #fileSystem} is. Sub-folders are not recorded. Thread-safe.
 */
public final class RecordedFolder {
    private final Path folder;
    private final DiskLog log = new DiskLog();
    private final RecordedFileSystem fileSystem;
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<Integer, byte[]> contents = new HashMap<>();

    private RecordedFolder(Path folder, boolean links) throws IOException {
        this.folder = folder.toRealPath();
        RecordedProvider provider = new RecordedProvider(folder.getFileSystem().provider(), log, links);
        this.fileSystem = new RecordedFileSystem(provider, folder.getFileSystem());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                names.put(name, log.known(name));
                contents.put(names.get(name), Files.readAllBytes(entry));
            }
        }
    }

    /** Records a folder; the files that it holds now count as safe on the disk. */
    public static RecordedFolder over(Path folder) throws IOException {
        return new RecordedFolder(folder, true);
    }

    /** As {@link #over}, as if the file system had no hard links. */
    public static RecordedFolder withoutLinks(Path folder) throws IOException {
        return new RecordedFolder(folder, false);
    }

    /** The file system through which everything is recorded. */
    public FileSystem fileSystem() {
        return fileSystem;
    }

    /** A path of the folder in that file system. */
    public Path path(String name) {
        return new RecordedPath(fileSystem, folder.resolve(name));
    }

    /** What has been done so far. */
    public List<DiskOperation> operations() {
        return log.operations();
    }

    /** What a power cut after any of the operations may have left on the disk. */
    public List<DiskState> afterPowerCuts() {
        return new PowerCuts(new DiskState(0, "before", names, contents), operations()).states();
    }
}

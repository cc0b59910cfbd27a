package io.glulam.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.xerial.snappy.OSInfo;
import org.xerial.snappy.SnappyLoader;

/**
 * Unpacks SNAPPY's native library into a folder, for the launcher to name to later runs: left alone, every run unpacks
 * it anew and compares what it wrote byte by byte, which takes a tenth of a second.
 */
final class NativeLibraries {
    private NativeLibraries() {}

    /** Arguments: the folder, which is made. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        String name = System.mapLibraryName("snappyjava");
        String resource = "/org/xerial/snappy/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
        try (InputStream library = SnappyLoader.class.getResourceAsStream(resource)) {
            if (library != null) {
                Path fresh = folder.resolve(name + "." + ProcessHandle.current().pid());
                Files.copy(library, fresh, StandardCopyOption.REPLACE_EXISTING);
                // Never written over: a process may be running with the old one.
                Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}

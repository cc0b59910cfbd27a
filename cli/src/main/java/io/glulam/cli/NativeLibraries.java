package io.glulam.cli;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.util.ZstdVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.OSInfo;
import org.xerial.snappy.SnappyLoader;

/**
 * Unpacks the codecs' native libraries into a folder, for the launcher to name to later runs. Left alone, every run unpacks
 * them anew into the temporary folder, which has to be writable; SNAPPY's then also compares what it wrote byte by byte,
 * which takes a tenth of a second.
 */
final class NativeLibraries {
    private NativeLibraries() {}

    /** Arguments: the folder, which is made. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        String snappy = System.mapLibraryName("snappyjava");
        unpack(
                SnappyLoader.class.getResourceAsStream(
                        "/org/xerial/snappy/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + snappy),
                folder.resolve(snappy));
        unpack(zstd(), folder.resolve(System.mapLibraryName("zstd-jni")));
    }

    /** ZSTD's library for Linux on this processor; its version is part of its name. */
    private static @Nullable InputStream zstd() {
        String version = ZstdVersion.VERSION;
        String name = "/" + System.getProperty("os.name").toLowerCase(Locale.ROOT) + "/"
                + System.getProperty("os.arch") + "/"
                + System.mapLibraryName("zstd-jni-" + version);
        return Zstd.class.getResourceAsStream(name);
    }

    private static void unpack(@Nullable InputStream resource, Path library) throws IOException {
        if (resource == null) {
            return;
        }
        try (resource) {
            Path fresh = library.resolveSibling(
                    library.getFileName() + "." + ProcessHandle.current().pid());
            Files.copy(resource, fresh, StandardCopyOption.REPLACE_EXISTING);
            // Never written over: a process may be running with the old one.
            Files.move(fresh, library, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}

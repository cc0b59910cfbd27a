package io.glulam.local;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Failures of the local file system, in our terms. */
final class LocalFiles {
    private LocalFiles() {}

    /** Returns the failure that {@code cause} is for a person. */
    static StorageFailed failed(Path path, String action, IOException cause) {
        Place place = Place.of(path.toString());
        if (cause instanceof NoSuchFileException) {
            return new StorageFailed(StorageFailed.Kind.MISSING, place, "no such file", null, false, cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new StorageFailed(
                    StorageFailed.Kind.DENIED,
                    place,
                    "permission denied",
                    "check the file's and its folder's rights",
                    false,
                    cause);
        }
        String reason = reason(cause);
        if (isNoName(reason)) {
            return new StorageFailed(
                    StorageFailed.Kind.MISSING, place, "cannot " + action + ": " + reason, null, false, cause);
        }
        if (reason.toLowerCase(Locale.ROOT).contains("no space left")) {
            return new StorageFailed(
                    place, "no space left on the device", "free space or choose another folder", false, cause);
        }
        return new StorageFailed(place, "cannot " + action + ": " + reason, null, false, cause);
    }

    /** Makes a file's name durable; does nothing where its folder must not be read. */
    static void syncFolder(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null || !Files.isReadable(folder)) {
            return;
        }
        try (FileChannel handle = FileChannel.open(folder, StandardOpenOption.READ)) {
            handle.force(true);
        }
    }

    /** Returns whether nothing can have such a name: it leads through a file, or is longer than names can be. */
    private static boolean isNoName(String reason) {
        return reason.equals("Not a directory") || reason.equals("File name too long");
    }

    private static String reason(IOException cause) {
        String reason = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }
}

package io.glulam.cli;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Files of a kind that the command itself writes: only such a file is overwritten.
 *
 * @param start what each begins with
 * @param what what people call it: {@code the plan}
 */
record OwnFiles(String start, String what) {
    /** Whether one may be saved as {@code file}: it is not there, it is empty, or it is one itself. */
    boolean mayBecome(Path file) {
        if (!Files.isRegularFile(file)) {
            return true; // which saving will tell, if it cannot be written
        }
        byte[] expected = start.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] found = in.readNBytes(expected.length);
            return found.length == 0 || Arrays.equals(found, expected);
        } catch (IOException e) {
            throw failed(file, "saved", e);
        }
    }

    void save(byte[] content, Path file) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw failed(file, "saved", e);
        }
    }

    StorageFailed failed(Path file, String action, IOException cause) {
        return failed(file, what, action, cause);
    }

    /** The failure of an action on a file, which people call {@code what}. */
    static StorageFailed failed(Path file, String what, String action, IOException cause) {
        Place place = Place.of(file.toString());
        if (cause instanceof NoSuchFileException) {
            return new StorageFailed(place, "no such file or folder", null, false, cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new StorageFailed(place, "permission denied", null, false, cause);
        }
        String reason = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        return new StorageFailed(place, what + " cannot be " + action + ": " + reason, null, false, cause);
    }
}

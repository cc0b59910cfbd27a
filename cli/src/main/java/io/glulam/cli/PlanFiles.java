package io.glulam.cli;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Saved plans. */
final class PlanFiles {
    /** What every plan begins with. */
    private static final String START = "{\"version\":";

    private PlanFiles() {}

    /** Whether a plan may be saved as {@code file}: it is not there, or it is one itself. Nothing else is overwritten. */
    static boolean mayBecome(Path file) {
        if (!Files.isRegularFile(file)) {
            return true; // which saving will tell, if it cannot be written
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(START.length());
            return start.length == 0 || new String(start, StandardCharsets.UTF_8).equals(START);
        } catch (IOException e) {
            throw failed(file, "saved", e);
        }
    }

    static void save(Plan plan, Path file) {
        try {
            Files.write(file, PlanJson.write(plan));
        } catch (IOException e) {
            throw failed(file, "saved", e);
        }
    }

    static Plan read(Path file) {
        if (Files.isDirectory(file)) {
            throw new StorageFailed(Place.of(file.toString()), "a folder, not a saved plan", null);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return PlanJson.read(file.toString(), in);
        } catch (IOException e) {
            throw failed(file, "read", e);
        }
    }

    private static StorageFailed failed(Path file, String action, IOException cause) {
        Place place = Place.of(file.toString());
        if (cause instanceof NoSuchFileException) {
            return new StorageFailed(place, "no such file or folder", null, false, cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new StorageFailed(place, "permission denied", null, false, cause);
        }
        String reason = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        return new StorageFailed(place, "the plan cannot be " + action + ": " + reason, null, false, cause);
    }
}

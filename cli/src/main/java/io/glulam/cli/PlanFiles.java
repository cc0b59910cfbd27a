package io.glulam.cli;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Saved plans. */
final class PlanFiles {
    private static final OwnFiles PLANS = new OwnFiles("{\"version\":", "the plan");

    private PlanFiles() {}

    /** Whether a plan may be saved as {@code file}: it is not there, or it is one itself. Nothing else is overwritten. */
    static boolean mayBecome(Path file) {
        return PLANS.mayBecome(file);
    }

    static void save(Plan plan, Path file) {
        PLANS.save(PlanJson.write(plan), file);
    }

    static Plan read(Path file) {
        if (Files.isDirectory(file)) {
            throw new StorageFailed(Place.of(file.toString()), "a folder, not a saved plan", null);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return PlanJson.read(file.toString(), in);
        } catch (IOException e) {
            throw PLANS.failed(file, "read", e);
        }
    }
}

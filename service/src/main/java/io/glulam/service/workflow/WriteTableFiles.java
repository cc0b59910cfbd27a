package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.error.GlulamException;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.LostRun;
import io.glulam.service.ledger.TableFiles;
import io.glulam.service.ledger.TableFiles.TableFile;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.StagedFile;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Step 3 of a table: writes and verifies the new files, none of which the table holds yet. Each file's place is written down
 * before the file is; after a crash, files that were written down as written stay, and the others are removed by their places
 * and written anew elsewhere.
 */
final class WriteTableFiles implements Step {
    private final TableWork work;
    private final TableFiles files;

    WriteTableFiles(TableWork work, TableFiles files) {
        this.work = work;
        this.files = files;
    }

    @Override
    public String name() {
        return AnalyzeAndCompact.NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        PlannedTable plan = PlannedTable.of(context);
        ObjectNode result = Json.object();
        if (plan.taken().isEmpty()) {
            return result.put("written", 0);
        }
        return work.onPlanned(context, staged -> written(context, plan, staged, result));
    }

    private JsonNode written(StepContext context, PlannedTable plan, StagedCompaction staged, ObjectNode result) {
        String name = plan.work();
        Map<Integer, TableFile> known = new HashMap<>();
        files.of(context.run().instanceId()).stream()
                .filter(file -> file.work().equals(name))
                .forEach(file -> known.put(file.position(), file));
        int written = 0;
        int left = 0;
        int kept = 0;
        for (int position : plan.taken()) {
            TableFile before = known.get(position);
            if (before != null && before.file() != null) {
                kept++;
            } else if (write(context, name, staged, position, before)) {
                written++;
            } else {
                left++;
            }
        }
        result.put("written", written + kept);
        result.put("keptOfEarlierAttempts", kept);
        result.put("outputsRefused", left);
        return result;
    }

    /** Returns whether there is a new file; too few sources may be ones that can be merged. */
    private boolean write(
            StepContext context, String name, StagedCompaction staged, int position, @Nullable TableFile before) {
        if (before != null) {
            staged.removeNew(before.place());
        }
        String place = staged.place(
                position, context.run().instanceId() + "-" + context.run().epoch());
        files.writing(context.run(), name, position, place);
        StagedFile file = staged.write(position, place);
        if (file == null) {
            files.remove(context.run().instanceId(), name, position);
            return false;
        }
        try {
            files.written(context.run(), name, position, StagedFileJson.of(file));
        } catch (LostRun lost) {
            removeQuietly(staged, place);
            throw lost;
        }
        return true;
    }

    /** The run that took over does not know of the file. */
    private static void removeQuietly(StagedCompaction staged, String place) {
        try {
            staged.removeNew(place);
        } catch (GlulamException e) {
            // It stays as a file that no commit holds, which the format's own clean-up finds.
        }
    }
}

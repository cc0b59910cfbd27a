package io.glulam.service.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.Durations;
import io.glulam.service.request.Fields;
import io.glulam.service.request.InvalidField;
import io.glulam.service.request.TableJob;
import io.glulam.service.request.TableSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of the setting {@code tables}: JSON with {@code catalogs}, the path of the file that configures catalogs, and
 * {@code schedules}. Both may be absent; the file alone lets the server serve Delta tables of its bucket.
 *
 * @param catalogs the file that configures catalogs; null for none
 * @param schedules tables that are compacted without a request
 */
public record TablesSettings(@Nullable Path catalogs, List<TableSchedule> schedules) {
    private static final String NAME = "tables";
    private static final String SCHEDULES = "schedules";
    private static final String EVERY = "every";
    private static final int MAX_PATH_CHARACTERS = 4_096;

    public TablesSettings {
        schedules = List.copyOf(schedules);
    }

    /**
     * Reads the file.
     *
     * @throws InvalidSetting if it cannot be used
     */
    static TablesSettings read(Path file, CompactionRequest.Defaults defaults) {
        JsonNode json;
        try {
            json = Json.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InvalidSetting(NAME, "the file " + file + " cannot be read as JSON", e);
        }
        try {
            Fields fields = Fields.of(json, Set.of("catalogs", SCHEDULES));
            String catalogs = fields.text("catalogs", MAX_PATH_CHARACTERS);
            return new TablesSettings(
                    catalogs == null ? null : readable(file.resolveSibling(catalogs)),
                    schedules(json.path(SCHEDULES), defaults));
        } catch (InvalidField e) {
            throw new InvalidSetting(NAME, e.field() + " in " + file + " " + e.getMessage());
        }
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new InvalidField("catalogs", "names a file that cannot be read: " + file);
        }
        return file;
    }

    private static List<TableSchedule> schedules(JsonNode list, CompactionRequest.Defaults defaults) {
        List<TableSchedule> schedules = new ArrayList<>();
        if (!list.isMissingNode() && !list.isArray()) {
            throw new InvalidField(SCHEDULES, "must be a list");
        }
        for (int i = 0; i < list.size(); i++) {
            String name = SCHEDULES + "[" + i + "]";
            if (!list.get(i).isObject()) {
                throw new InvalidField(name, "must be an object");
            }
            ObjectNode job = list.get(i).deepCopy();
            JsonNode every = job.remove(EVERY);
            job.put("force", true); // A schedule does not wait for a flag.
            try {
                schedules.add(new TableSchedule(TableJob.read(job, defaults), every(every)));
            } catch (InvalidField e) {
                throw new InvalidField(name + "." + e.field(), String.valueOf(e.getMessage()));
            }
        }
        return schedules;
    }

    private static Duration every(@Nullable JsonNode value) {
        try {
            Duration every = value == null ? Duration.ZERO : Durations.parse(value.asText());
            if (every.toSeconds() < 1) {
                throw new InvalidField(EVERY, "is required, and at least a second; use 1h, for example");
            }
            return every;
        } catch (IllegalArgumentException e) {
            throw new InvalidField(EVERY, String.valueOf(e.getMessage()));
        }
    }
}

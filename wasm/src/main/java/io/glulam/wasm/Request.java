package io.glulam.wasm;

import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.Unsupported;
import io.glulam.join.MetadataRule;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import io.glulam.plan.Setting;
import io.glulam.plan.Settings;
import io.glulam.schema.SchemaRules;
import io.glulam.wasm.HostInputs.HostInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the host asks for: names and values, each ended by a byte 0. {@code name}, {@code size}, {@code version} and {@code remote}
 * describe the source; of a merge {@code inputs} is the number of sources, and {@code input.0.name} and the like describe each.
 * {@code copies} tells whether the host copies, {@code arena} the bytes that the host can hold, {@code buffers} the memory that
 * buffers may take, {@code plan} is a plan to be carried out, {@code row-group} and
 * {@code column} name a column chunk; every other name is
 * that of a {@link Setting}.
 */
record Request(Map<String, String> fields) {
    private static final char END = 0;

    static Request fromHost() {
        byte[] bytes = new byte[Host.request()];
        Scratch.take(bytes, 0, bytes.length);
        String text = new String(bytes, StandardCharsets.UTF_8);
        Map<String, String> fields = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            int name = text.indexOf(END, at);
            int value = text.indexOf(END, name + 1);
            fields.put(text.substring(at, name), text.substring(name + 1, value));
            at = value + 1;
        }
        return new Request(fields);
    }

    private String required(String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    String name() {
        return required("name");
    }

    long size() {
        return Long.parseLong(required("size"));
    }

    String version() {
        return required("version");
    }

    /** Returns which row group's pages are asked for. */
    int rowGroup() {
        return Integer.parseInt(required("row-group"));
    }

    /** Returns which leaf's pages are asked for. */
    int column() {
        return Integer.parseInt(required("column"));
    }

    HostReader source() {
        return new HostReader(
                required("name"),
                size(),
                required("version"),
                "true".equals(fields.get("remote")),
                Long.parseLong(required("arena")));
    }

    /** Returns the inputs of a merge, in the host's order. */
    List<HostInput> inputs() {
        int count = Integer.parseInt(required("inputs"));
        List<HostInput> inputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String input = "input." + i + ".";
            inputs.add(new HostInput(
                    required(input + "name"),
                    required(input + "group"),
                    Long.parseLong(required(input + "size")),
                    required(input + "version"),
                    Integer.parseInt(required(input + "done"))));
        }
        return inputs;
    }

    /** Returns how the inputs of a merge may differ. */
    SchemaRules schemas() {
        return new SchemaRules("true".equals(fields.get("widen")));
    }

    /** Returns what becomes of key-value metadata that differs. */
    MetadataRule metadata() {
        return MetadataRule.valueOf(fields.getOrDefault("metadata", "common").toUpperCase(Locale.ROOT));
    }

    /** Returns the column by whose minimum the inputs of a merge are ordered; null to keep their order. */
    @Nullable
    String minimumOf() {
        return fields.get("minimum-of");
    }

    /** Returns how many inputs a new object has at least. */
    int minInputFiles() {
        return Integer.parseInt(fields.getOrDefault("min-input-files", "1"));
    }

    /** Whether inputs that do not go together are merged apart, instead of being refused. */
    boolean groupsMismatches() {
        return "group".equals(fields.get("mismatch"));
    }

    /** Returns the bytes that a merge's new objects aim at; {@link Long#MAX_VALUE} for one object. */
    long maxFileBytes() {
        String bytes = fields.get("target-file-size");
        return bytes == null ? Long.MAX_VALUE : Long.parseLong(bytes);
    }

    /** Whether every input has to be in a new object, even if nothing else is gained. */
    boolean takesAll() {
        return "true".equals(fields.get("takes-all"));
    }

    /** Whether the host's store copies ranges of the source into the new object. */
    boolean copies() {
        return "true".equals(fields.get("copies"));
    }

    long bufferBytes() {
        return Long.parseLong(required("buffers"));
    }

    /**
     * Returns the settings, those of the given plan if there is one.
     *
     * @throws Unsupported if one has a value that it cannot have
     */
    Settings settings() {
        Plan given = plan();
        if (given != null) {
            return given.settings();
        }
        Settings settings = Settings.defaults();
        for (Setting<?> setting : Setting.offered()) {
            String text = fields.get(setting.name());
            if (text != null) {
                settings = with(setting, text, settings);
            }
        }
        return settings;
    }

    private static Settings with(Setting<?> setting, String text, Settings others) {
        try {
            return setting.parse(text, others);
        } catch (IllegalArgumentException refused) {
            throw new Unsupported(Place.UNKNOWN, setting.name() + ": " + refused.getMessage());
        }
    }

    /**
     * Returns the plan to be carried out; null if one is to be made.
     *
     * @throws SourceChanged if it is for another version of the source
     */
    @Nullable
    Plan plan() {
        String json = fields.get("plan");
        if (json == null) {
            return null;
        }
        Plan plan = PlanJson.read("plan", json.getBytes(StandardCharsets.UTF_8));
        if (!plan.source().version().equals(required("version"))) {
            throw new SourceChanged(
                    Place.of(required("name")), "the file is not the version that was planned for", "plan it again");
        }
        return plan;
    }
}

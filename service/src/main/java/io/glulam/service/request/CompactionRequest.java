package io.glulam.service.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.plan.Settings;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.bucket.Keys;
import io.glulam.service.callback.CallbackRules;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to the workflow.
 *
 * @param datasetId which dataset
 * @param key of its object; null where the catalog is to tell
 * @param instanceId the id that the instance gets; null for a random one
 * @param terms how to go about it
 * @param callbackUrl is called when it has ended; null for none
 */
public record CompactionRequest(
        String datasetId,
        @Nullable String key,
        @Nullable String instanceId,
        Terms terms,
        @Nullable String callbackUrl) {
    private static final Pattern INSTANCE_ID = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_-]{0,99}");
    private static final Set<String> FIELDS = Set.of(
            "datasetId",
            "bucketKey",
            "instanceId",
            "force",
            "options",
            "engine",
            "planHash",
            "publish",
            "backup",
            "callbackUrl");

    /**
     * The terms of a compaction, which the ledger keeps.
     *
     * @param force whether to compact what is not flagged
     * @param settings of the compaction
     * @param options the JSON that the settings were read from
     * @param engine that was asked for; null where the request names none
     * @param publish where the result appears
     * @param backup how long the replaced object is kept; zero for not at all
     */
    public record Terms(
            boolean force,
            Settings settings,
            JsonNode options,
            @Nullable EngineChoice engine,
            PublishMode publish,
            Duration backup) {
        /** As the ledger keeps it. */
        public JsonNode toJson() {
            ObjectNode json = Json.object();
            json.put("force", force);
            json.set("options", options);
            if (engine != null) {
                json.put("engine", OptionsJson.wordOf(engine));
            }
            json.put("publish", OptionsJson.wordOf(publish));
            json.put("backup", Durations.text(backup));
            return json;
        }
    }

    /**
     * The defaults where a request says nothing.
     *
     * @param publish where results appear
     * @param backup how long replaced objects are kept
     * @param callbacks URLs that may be called when an instance has ended
     */
    public record Defaults(PublishMode publish, Duration backup, CallbackRules callbacks) {}

    /**
     * Reads a request.
     *
     * @throws InvalidField naming the first field that is wrong
     */
    public static CompactionRequest read(JsonNode body, Defaults defaults) {
        Fields fields = Fields.of(body, FIELDS);
        String datasetId = fields.requireText("datasetId", Dataset.MAX_ID_CHARACTERS);
        String key = fields.text("bucketKey", Keys.MAX_BYTES);
        if (key != null) {
            requireKey("bucketKey", key);
        }
        return new CompactionRequest(
                datasetId, key, instanceId(fields), terms(body, defaults), callbackUrl(fields, defaults.callbacks()));
    }

    /** The id that a request wants; null for none. */
    static @Nullable String instanceId(Fields fields) {
        String id = fields.text("instanceId", 100);
        if (id != null && !INSTANCE_ID.matcher(id).matches()) {
            throw new InvalidField("instanceId", "must match " + INSTANCE_ID.pattern());
        }
        return id;
    }

    /** Returns the URL that a request wants to be called; null for none. */
    static @Nullable String callbackUrl(Fields fields, CallbackRules rules) {
        String url = fields.text("callbackUrl", CallbackRules.MAX_CHARACTERS);
        if (url != null) {
            requireCallback(url, rules);
        }
        return url;
    }

    public static void requireKey(String field, String key) {
        try {
            Keys.require(key);
        } catch (InvalidKey e) {
            throw new InvalidField(field, String.valueOf(e.getMessage()));
        }
    }

    private static void requireCallback(String url, CallbackRules rules) {
        try {
            rules.require(url);
        } catch (IllegalArgumentException e) {
            throw new InvalidField("callbackUrl", String.valueOf(e.getMessage()));
        }
    }

    /** Reads what {@link Terms#toJson} wrote, or the fields of a request. */
    public static Terms terms(JsonNode json, Defaults defaults) {
        JsonNode options = json.path("options");
        Settings settings = OptionsJson.settings(options);
        JsonNode engine = json.path("engine");
        JsonNode publish = json.path("publish");
        JsonNode backup = json.path("backup");
        return new Terms(
                json.hasNonNull("force") && OptionsJson.flag("force", json.get("force")),
                settings,
                options.isObject() ? options : Json.object(),
                isMissing(engine) ? null : OptionsJson.word(EngineChoice.class, "engine", engine),
                isMissing(publish) ? defaults.publish() : OptionsJson.word(PublishMode.class, "publish", publish),
                isMissing(backup) ? defaults.backup() : backup(backup));
    }

    private static boolean isMissing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static Duration backup(JsonNode value) {
        if (!value.isTextual()) {
            throw new InvalidField("backup", "must be a time like \"7d\", or \"none\"");
        }
        try {
            return value.textValue().equals("none") ? Duration.ZERO : Durations.parse(value.textValue());
        } catch (IllegalArgumentException e) {
            throw new InvalidField("backup", String.valueOf(e.getMessage()));
        }
    }
}

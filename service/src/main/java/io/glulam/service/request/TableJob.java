package io.glulam.service.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.plan.Settings;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Instance;
import io.glulam.service.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to compact a table.
 *
 * @param table its name
 * @param datasetId which dataset it is; empty for none
 * @param where a filter on partitions; null for all
 * @param branch that is read and committed to; null for the main one
 * @param tableOptions by the names that the format's users know
 * @param maxBytes sum of the sizes of the files that are merged at most
 * @param maxDollars what requests to the store may cost at most, estimated; infinite for no ceiling
 * @param settings how row groups are merged
 * @param instanceId the id that the instance gets; null for a random one
 * @param callbackUrl is called when the instance has ended; null for none
 * @param json as the ledger keeps it
 */
public record TableJob(
        String table,
        String datasetId,
        @Nullable String where,
        @Nullable String branch,
        Map<String, String> tableOptions,
        long maxBytes,
        double maxDollars,
        Settings settings,
        @Nullable String instanceId,
        @Nullable String callbackUrl,
        JsonNode json) {
    private static final int MAX_WHERE_CHARACTERS = 4_000;
    private static final int MAX_OPTIONS = 50;
    private static final String WHERE = "where";
    private static final int MAX_BRANCH_CHARACTERS = 200;
    private static final String BRANCH = "branch";
    private static final String OPTIONS = "tableOptions";
    private static final String MAX_BYTES = "maxBytes";
    private static final String MAX_DOLLARS = "maxDollars";
    private static final List<String> NOT_KEPT = List.of("datasetId", "instanceId", "callbackUrl");
    private static final Set<String> FIELDS = Set.of(
            "datasetId",
            Instance.TABLE,
            "instanceId",
            "force",
            "options",
            WHERE,
            BRANCH,
            OPTIONS,
            MAX_BYTES,
            MAX_DOLLARS,
            "callbackUrl");

    public TableJob {
        tableOptions = Map.copyOf(tableOptions);
    }

    /** Whether a body asks for the compaction of a table. */
    public static boolean isOne(JsonNode body) {
        return body.has(Instance.TABLE);
    }

    /**
     * Reads a request, or what the ledger has kept of one.
     *
     * @throws InvalidField naming the first field that is wrong
     */
    public static TableJob read(JsonNode body, CompactionRequest.Defaults defaults) {
        Fields fields = Fields.of(body, FIELDS);
        String table = fields.requireText(Instance.TABLE, TableName.MAX_CHARACTERS);
        try {
            TableName.require(table);
        } catch (IllegalArgumentException e) {
            throw new InvalidField(Instance.TABLE, String.valueOf(e.getMessage()));
        }
        String datasetId = fields.text("datasetId", Dataset.MAX_ID_CHARACTERS);
        fields.flag("force", false);
        return new TableJob(
                table,
                datasetId == null ? "" : datasetId,
                fields.text(WHERE, MAX_WHERE_CHARACTERS),
                fields.text(BRANCH, MAX_BRANCH_CHARACTERS),
                tableOptions(body.path(OPTIONS)),
                fields.size(MAX_BYTES, Long.MAX_VALUE),
                fields.dollars(MAX_DOLLARS),
                fields.settings("options"),
                CompactionRequest.instanceId(fields),
                CompactionRequest.callbackUrl(fields, defaults.callbacks()),
                ((ObjectNode) body).deepCopy().without(NOT_KEPT));
    }

    private static Map<String, String> tableOptions(JsonNode json) {
        Map<String, String> options = new TreeMap<>();
        if (json.isMissingNode() || json.isNull()) {
            return options;
        }
        if (!json.isObject() || json.size() > MAX_OPTIONS) {
            throw new InvalidField(OPTIONS, "must be an object of at most " + MAX_OPTIONS + " options");
        }
        json.fields().forEachRemaining(option -> {
            JsonNode value = option.getValue();
            if (!value.isTextual() && !value.isIntegralNumber() && !value.isBoolean()) {
                throw new InvalidField(OPTIONS + "." + option.getKey(), "must be text, a whole number, true or false");
            }
            options.put(option.getKey(), value.asText());
        });
        return options;
    }

    public TableJob withInstanceId(String id) {
        return new TableJob(
                table, datasetId, where, branch, tableOptions, maxBytes, maxDollars, settings, id, callbackUrl, json);
    }

    /** The job of a request that names only a dataset, which turned out to be a table. */
    public static TableJob of(CompactionRequest request, String table, CompactionRequest.Defaults defaults) {
        ObjectNode json = Json.object();
        json.put(Instance.TABLE, table);
        json.put("datasetId", request.datasetId());
        json.put("force", request.terms().force());
        json.set("options", request.terms().options());
        TableJob job = read(json, defaults);
        return new TableJob(
                table,
                job.datasetId(),
                null,
                null,
                Map.of(),
                job.maxBytes(),
                job.maxDollars(),
                job.settings(),
                request.instanceId(),
                request.callbackUrl(),
                job.json());
    }
}

package io.glulam.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.TextTable;
import io.glulam.plan.Units;
import io.glulam.service.json.Json;

/** A server's datasets, over its API. Used by one thread. */
public final class Datasets {
    private static final int DONE = 0;
    private static final int PAGE = 500;

    private final ServerClient server;
    private final Output output;
    private final boolean json;

    /**
     * Those of a server.
     *
     * @param json whether to print JSON instead of tables
     */
    public Datasets(Output output, ServerClient server, boolean json) {
        this.output = output;
        this.server = server;
        this.json = json;
    }

    /** Lists all of them, or the flagged ones. */
    public int list(boolean flagged) {
        ArrayNode datasets = Json.array();
        String after = "";
        do {
            JsonNode page = server.get(
                    "/datasets?limit=" + PAGE + "&flagged=" + flagged + "&after=" + ServerClient.encoded(after));
            page.path("datasets").forEach(datasets::add);
            after = page.path("after").asText("");
        } while (!after.isEmpty());
        return print(datasets, "datasets");
    }

    /** Adds one. */
    public int add(String id, String key, boolean flagged) {
        ObjectNode body = Json.object();
        body.put("id", id);
        body.put("bucketKey", key);
        body.put("compactionNeeded", flagged);
        return print(Json.array().add(server.post("/datasets", body)), "datasets");
    }

    /** Says that one needs a compaction. */
    public int flag(String id) {
        JsonNode dataset = server.post("/datasets/" + ServerClient.encoded(id) + "/flag", Json.object());
        return print(Json.array().add(dataset), "datasets");
    }

    /**
     * Looks through the Parquet objects under a prefix.
     *
     * @param dryRun whether to flag nothing
     * @param add whether to add a dataset for each fragmented object that the catalog does not know
     */
    public int scan(String prefix, boolean dryRun, boolean add) {
        ArrayNode objects = Json.array();
        ObjectNode body = Json.object();
        if (!prefix.isEmpty()) {
            body.put("prefix", prefix);
        }
        body.put("flag", !dryRun);
        body.put("add", add);
        String after;
        do {
            JsonNode page = server.post("/scan", body);
            page.path("objects").forEach(objects::add);
            after = page.path("after").asText("");
            body.put("after", after);
        } while (!after.isEmpty());
        if (json) {
            return print(objects, "objects");
        }
        TextTable table = new TextTable("object", ">bytes", ">row groups", ">fragments", "verdict", "dataset");
        objects.forEach(object -> table.add(
                object.path("bucketKey").asText(),
                Units.size(object.path("bytes").asLong()),
                object.path("rowGroups").asText(""),
                object.path("fragments").asText(""),
                object.path("verdict").asText(),
                dataset(object)));
        table.lines(0, output.terminal().columns()).forEach(output::line);
        for (JsonNode object : objects) {
            if (object.hasNonNull("reason")) {
                output.line("  " + object.path("bucketKey").asText() + ": "
                        + object.path("reason").asText());
            }
        }
        return DONE;
    }

    private static String dataset(JsonNode object) {
        if (!object.hasNonNull("datasetId")) {
            return "none";
        }
        return object.path("datasetId").asText() + (object.path("flagged").asBoolean() ? ", flagged" : "");
    }

    private int print(ArrayNode list, String name) {
        if (json) {
            ObjectNode document = Json.object();
            document.set(name, list);
            output.line(Json.text(document));
            return DONE;
        }
        TextTable table = new TextTable("dataset", "object", ">bytes", "compacted", "flag");
        list.forEach(dataset -> table.add(
                dataset.path("id").asText(),
                dataset.path("bucketKey").asText(""),
                dataset.hasNonNull("fileSizeBytes")
                        ? Units.size(dataset.path("fileSizeBytes").asLong())
                        : "",
                dataset.path("lastCompactedAt").asText("never").replaceFirst("\\..*", ""),
                dataset.path("compactionNeeded").asBoolean() ? "flagged" : ""));
        table.lines(0, output.terminal().columns()).forEach(output::line);
        return DONE;
    }
}

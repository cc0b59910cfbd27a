package io.glulam.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.cli.text.JsonOutput;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.TextTable;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;
import io.glulam.service.json.Json;

/** A server's datasets, over its API. Used by one thread. */
public final class Datasets {
    private static final int DONE = 0;
    private static final int PAGE = 500;
    private static final int MAX_SCANNED = 1000;

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
        Listing listing = new Listing("datasets");
        String after = "";
        do {
            JsonNode page = server.get(
                    "/datasets?limit=" + PAGE + "&flagged=" + flagged + "&after=" + ServerClient.encoded(after));
            listing.add(page.path("datasets"));
            after = page.path("after").asText("");
        } while (!after.isEmpty());
        return listing.end();
    }

    /** Adds one. */
    public int add(String id, String key, boolean flagged) {
        ObjectNode body = Json.object();
        body.put("id", id);
        body.put("bucketKey", key);
        body.put("compactionNeeded", flagged);
        return one(server.post("/datasets", body));
    }

    /** Says that one needs a compaction. */
    public int flag(String id) {
        return one(server.post("/datasets/" + ServerClient.encoded(id) + "/flag", Json.object()));
    }

    private int one(JsonNode dataset) {
        Listing listing = new Listing("datasets");
        listing.add(Json.array().add(dataset));
        return listing.end();
    }

    /**
     * Looks through the Parquet objects under a prefix.
     *
     * @param dryRun whether to flag nothing
     * @param add whether to add a dataset for each fragmented object that the catalog does not know
     */
    public int scan(String prefix, boolean dryRun, boolean add) {
        ObjectNode body = Json.object();
        if (!prefix.isEmpty()) {
            body.put("prefix", prefix);
        }
        body.put("flag", !dryRun);
        body.put("add", add);
        body.put("limit", MAX_SCANNED);
        Listing listing = new Listing("objects");
        String after;
        do {
            JsonNode page = server.post("/scan", body);
            listing.add(page.path("objects"));
            after = page.path("after").asText("");
            body.put("after", after);
        } while (!after.isEmpty());
        return listing.end();
    }

    /** Prints what comes in pages as it comes: there may be more of it than fits the memory. */
    private final class Listing {
        private final String name;
        private boolean begun;
        private boolean printed;

        Listing(String name) {
            this.name = name;
        }

        void add(JsonNode page) {
            if (json) {
                for (JsonNode item : page) {
                    output.results()
                            .print((printed ? "," : "{\"" + name + "\":[")
                                    + JsonOutput.printable(output, Json.text(item)));
                    printed = true;
                }
            } else if (!begun || !page.isEmpty()) {
                boolean objects = name.equals("objects");
                TextTable table = objects ? objects(page) : datasets(page);
                table.lines(0, output.terminal().columns()).stream()
                        .skip(begun ? 1 : 0)
                        .forEach(output::line);
                if (objects) {
                    reasons(page);
                }
            }
            begun = true;
            output.results().flush();
        }

        int end() {
            if (json) {
                output.line(printed ? "]}" : "{\"" + name + "\":[]}");
            }
            return DONE;
        }
    }

    private void reasons(JsonNode objects) {
        for (JsonNode object : objects) {
            if (object.hasNonNull("reason")) {
                output.line("  "
                        + Texts.printable(object.path("bucketKey").asText() + ": "
                                + object.path("reason").asText()));
            }
        }
    }

    private static TextTable objects(JsonNode objects) {
        TextTable table = new TextTable("object", ">bytes", ">row groups", ">fragments", "verdict", "dataset");
        objects.forEach(object -> table.add(
                object.path("bucketKey").asText(),
                Units.size(object.path("bytes").asLong()),
                object.path("rowGroups").asText(""),
                object.path("fragments").asText(""),
                object.path("verdict").asText(),
                dataset(object)));
        return table;
    }

    private static String dataset(JsonNode object) {
        if (!object.hasNonNull("datasetId")) {
            return "none";
        }
        return object.path("datasetId").asText() + (object.path("flagged").asBoolean() ? ", flagged" : "");
    }

    private static TextTable datasets(JsonNode datasets) {
        TextTable table = new TextTable("dataset", "object", ">bytes", "compacted", "flag");
        datasets.forEach(dataset -> table.add(
                dataset.path("id").asText(),
                dataset.path("bucketKey").asText(""),
                dataset.hasNonNull("fileSizeBytes")
                        ? Units.size(dataset.path("fileSizeBytes").asLong())
                        : "",
                dataset.path("lastCompactedAt").asText("never").replaceFirst("\\..*", ""),
                dataset.path("compactionNeeded").asBoolean() ? "flagged" : ""));
        return table;
    }
}

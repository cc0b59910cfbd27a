package io.glulam.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.cli.text.JsonOutput;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;
import io.glulam.service.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server's instances, over its API. Used by one thread. */
public final class Jobs {
    private static final long POLL_MILLIS = 500;
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final Set<String> ENDED = Set.of("complete", "errored", "terminated");

    private final ServerClient server;
    private final Output output;
    private final boolean json;

    /**
     * Those of a server.
     *
     * @param json whether to print the server's answers as they are
     */
    public Jobs(Output output, ServerClient server, boolean json) {
        this.output = output;
        this.server = server;
        this.json = json;
    }

    /** Lists instances, the newest first. */
    public int list(@Nullable String status) {
        JsonNode answer =
                server.get("/instances?limit=100" + (status == null ? "" : "&status=" + ServerClient.encoded(status)));
        if (print(answer)) {
            return DONE;
        }
        for (JsonNode instance : answer.path("instances")) {
            tell(String.format(
                    "%-36s  %-10s  %s",
                    instance.path("id").asText(),
                    instance.path("status").asText(),
                    instance.path("bucketKey").asText(instance.path("datasetId").asText())));
        }
        return DONE;
    }

    /** Shows one; the code is 1 if it has ended badly. */
    public int show(String id) {
        return shown(server.get("/status/" + ServerClient.encoded(id)));
    }

    /** Shows one again and again, as often as it changes, until it ends. */
    public int watch(String id) {
        String last = "";
        while (true) {
            JsonNode status = server.get("/status/" + ServerClient.encoded(id));
            if (ENDED.contains(status.path("status").asText())) {
                return shown(status);
            }
            String line = lineOf(status);
            if (!line.equals(last)) {
                tell(line);
                output.results().flush();
                last = line;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return FAILED;
            }
        }
    }

    /** Pauses, resumes, terminates or restarts one. */
    public int control(String id, String action) {
        JsonNode status = server.post("/instances/" + ServerClient.encoded(id) + "/" + action, Json.object());
        if (!print(status)) {
            tell(lineOf(status));
        }
        return DONE;
    }

    private int shown(JsonNode status) {
        if (!print(status)) {
            tell(lineOf(status));
            for (JsonNode step : status.path("steps")) {
                tell("  " + (step.path("success").asBoolean() ? "done    " : "not done") + "  "
                        + step.path("name").asText() + ", attempts: "
                        + step.path("attempts").size());
            }
            JsonNode result = status.path("output");
            if (result.has("after")) {
                tell("  " + facts(result.path("before")) + " " + output.glyphs().arrow() + " "
                        + facts(result.path("after")));
            } else if (result.has("reason")) {
                tell("  " + result.path("reason").asText());
            }
            if (status.path("error").isObject()) {
                tell("  " + status.path("error").path("name").asText() + ": "
                        + status.path("error").path("message").asText());
                if (status.path("error").hasNonNull("remedy")) {
                    tell("  " + status.path("error").path("remedy").asText());
                }
            }
        }
        return status.path("status").asText().equals("errored") ? FAILED : DONE;
    }

    private static String facts(JsonNode facts) {
        if (!facts.has("rowGroups")) {
            return facts.path("files").asInt() + " files, "
                    + Units.size(facts.path("bytes").asLong());
        }
        int groups = facts.path("rowGroups").asInt();
        return groups
                + (groups == 1 ? " row group, " : " row groups, ")
                + Units.size(facts.path("bytes").asLong());
    }

    private static String lineOf(JsonNode status) {
        JsonNode progress = status.path("progress");
        String line = status.path("id").asText() + "  " + status.path("status").asText() + "  "
                + status.path("bucketKey").asText(status.path("datasetId").asText());
        if (!progress.isObject()) {
            return line;
        }
        line += "  " + progress.path("step").asText();
        long total = progress.path("total").asLong();
        return total == 0
                ? line
                : line + "  " + progress.path("phase").asText() + " "
                        + 100 * progress.path("done").asLong() / total + " %";
    }

    /** Prints what a server tells: names and failures of foreign files may be in it. */
    private void tell(String text) {
        output.line(Texts.printable(text));
    }

    private boolean print(JsonNode answer) {
        if (json) {
            output.line(JsonOutput.printable(output, Json.text(answer)));
        }
        return json;
    }
}

package io.glulam.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.cli.text.Output;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.plan.Units;
import io.glulam.service.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server's instances, over its API. Used by one thread. */
public final class Jobs {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 500;
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final Set<String> ENDED = Set.of("complete", "errored", "terminated");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Output output;
    private final String server;
    private final @Nullable String token;
    private final boolean json;

    private Jobs(Output output, String server, @Nullable String token, boolean json) {
        this.output = output;
        this.server = server;
        this.token = token;
        this.json = json;
    }

    /**
     * Those of the server at an address.
     *
     * @param server its URL
     * @param tokenFile holds its token; null for the environment's {@code GLULAM_TOKEN}, if there is one
     * @param json whether to print the server's answers as they are
     */
    public static Jobs of(Output output, String server, @Nullable String tokenFile, boolean json) {
        String token = System.getenv("GLULAM_TOKEN");
        if (tokenFile != null) {
            try {
                token = Files.readString(Path.of(tokenFile)).strip();
            } catch (IOException e) {
                throw new StorageFailed(Place.of(tokenFile), "the token cannot be read", null, false, e);
            }
        }
        return new Jobs(output, server.replaceFirst("/+$", ""), token, json);
    }

    /** Lists instances, the newest first. */
    public int list(@Nullable String status) {
        JsonNode answer = ask("GET", "/instances?limit=100" + (status == null ? "" : "&status=" + encoded(status)));
        if (print(answer)) {
            return DONE;
        }
        for (JsonNode instance : answer.path("instances")) {
            output.line(String.format(
                    "%-36s  %-10s  %s",
                    instance.path("id").asText(),
                    instance.path("status").asText(),
                    instance.path("bucketKey").asText(instance.path("datasetId").asText())));
        }
        return DONE;
    }

    /** Shows one; the code is 1 if it has ended badly. */
    public int show(String id) {
        return shown(ask("GET", "/status/" + encoded(id)));
    }

    /** Shows one again and again, as often as it changes, until it ends. */
    public int watch(String id) {
        String last = "";
        while (true) {
            JsonNode status = ask("GET", "/status/" + encoded(id));
            if (ENDED.contains(status.path("status").asText())) {
                return shown(status);
            }
            String line = line(status);
            if (!line.equals(last)) {
                output.line(line);
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
        JsonNode status = ask("POST", "/instances/" + encoded(id) + "/" + action);
        if (!print(status)) {
            output.line(line(status));
        }
        return DONE;
    }

    private int shown(JsonNode status) {
        if (!print(status)) {
            output.line(line(status));
            for (JsonNode step : status.path("steps")) {
                output.line("  " + (step.path("success").asBoolean() ? "done    " : "not done") + "  "
                        + step.path("name").asText() + ", attempts: "
                        + step.path("attempts").size());
            }
            JsonNode result = status.path("output");
            if (result.has("after")) {
                output.line("  " + facts(result.path("before")) + " → " + facts(result.path("after")));
            } else if (result.has("reason")) {
                output.line("  " + result.path("reason").asText());
            }
            if (status.path("error").isObject()) {
                output.line("  " + status.path("error").path("name").asText() + ": "
                        + status.path("error").path("message").asText());
                if (status.path("error").hasNonNull("remedy")) {
                    output.line("  " + status.path("error").path("remedy").asText());
                }
            }
        }
        return status.path("status").asText().equals("errored") ? FAILED : DONE;
    }

    private static String facts(JsonNode facts) {
        int groups = facts.path("rowGroups").asInt();
        return groups
                + (groups == 1 ? " row group, " : " row groups, ")
                + Units.size(facts.path("bytes").asLong());
    }

    private static String line(JsonNode status) {
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

    private boolean print(JsonNode answer) {
        if (json) {
            output.line(Json.text(answer));
        }
        return json;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode ask(String method, String path) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(server + path)).timeout(PATIENCE);
        } catch (IllegalArgumentException e) {
            throw failed("is no address of a server", "say --server http://localhost:8787, for example", e);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}"));
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = Json.read(response.body());
            if (response.statusCode() >= 400) {
                throw failed(
                        answer.path("error").path("message").asText("answered " + response.statusCode()),
                        answer.path("error").path("remedy").asText(null),
                        null);
            }
            return answer;
        } catch (IOException e) {
            throw failed("cannot be asked", "check that it runs, or name it with --server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was not waited for", null, e);
        }
    }

    private StorageFailed failed(String problem, @Nullable String remedy, @Nullable Throwable cause) {
        return new StorageFailed(Place.of(server), problem, remedy, false, cause);
    }
}

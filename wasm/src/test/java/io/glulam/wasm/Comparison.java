package io.glulam.wasm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.glulam.format.CompressionCodec;
import io.glulam.plan.Effort;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs the JVM and Node on the same files, one effort at a time, and tells how what came out differs. */
final class Comparison {
    private static final long BUFFERS = 32L << 20;
    private static final JsonFactory JSON = new JsonFactory();

    private final Path folder;
    private final Effort effort;
    private final List<String> differences = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    /** @param folder for outputs and jobs */
    Comparison(Path folder, Effort effort) {
        this.folder = folder;
        this.effort = effort;
    }

    /** What differs, with the file's name. */
    List<String> differences() {
        return differences;
    }

    /** How many files came out in which way. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** Compares what becomes of these files. */
    Comparison of(List<Path> files) throws IOException, InterruptedException {
        Path jobs = folder.resolve("jobs-" + effort);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            lines.add(job(files.get(i), output(i)));
        }
        Files.write(jobs, lines);
        List<String> answers = node(jobs);
        if (answers.size() != files.size()) {
            differences.add("Node answered " + answers.size() + " of " + files.size() + " jobs: " + answers);
            return this;
        }
        for (int i = 0; i < files.size(); i++) {
            compare(files.get(i), output(i), answer(answers.get(i)));
            Files.deleteIfExists(output(i));
        }
        return this;
    }

    private Path output(int file) {
        return folder.resolve(effort + "-" + file + ".out");
    }

    private String job(Path source, Path output) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("source", source.toString());
            json.writeStringField("output", output.toString());
            json.writeNumberField("buffers", BUFFERS);
            json.writeObjectFieldStart("settings");
            json.writeStringField("effort", effort.name().toLowerCase(Locale.ROOT));
            json.writeStringField("rewrite", "all");
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static List<String> node(Path jobs) throws IOException, InterruptedException {
        Path answers = jobs.resolveSibling(jobs.getFileName() + "-answers");
        Process node = new ProcessBuilder(
                        System.getProperty("glulam.node", "node"),
                        "--max-heap-size=512",
                        "src/test/js/run.mjs",
                        System.getProperty("glulam.engine"),
                        jobs.toString())
                .redirectOutput(answers.toFile())
                .redirectError(new File(answers + ".err"))
                .start();
        if (!node.waitFor(15, TimeUnit.MINUTES)) {
            node.destroyForcibly();
            throw new IOException("Node takes longer than 15 minutes");
        }
        List<String> lines = Files.readAllLines(answers);
        if (node.exitValue() != 0) {
            lines.add("exit " + node.exitValue() + " " + Files.readString(Path.of(answers + ".err")));
        }
        return lines;
    }

    private static Map<String, String> answer(String line) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
            }
        }
        return fields;
    }

    private void compare(Path source, Path output, Map<String, String> found) throws IOException {
        JvmRun jvm = JvmRun.of(source, effort, BUFFERS);
        String crash = found.get("crash");
        String kind = jvm.kind();
        if (crash != null) {
            differs(source, "Node crashed, JVM " + kind + " " + jvm.message() + ": " + crash);
        } else if (!kind.isEmpty() || found.containsKey("failure")) {
            boolean same = kind.equals(found.get("failure")) && Objects.equals(jvm.message(), found.get("message"));
            if (same) {
                count("refused in the same words");
            } else {
                differs(source, "JVM " + kind + " " + jvm.message() + ", Node " + found);
            }
        } else {
            compareOutputs(source, output, jvm, found);
        }
    }

    private void compareOutputs(Path source, Path output, JvmRun jvm, Map<String, String> found) throws IOException {
        String plans = PlanDifference.of(jvm.plan(), Objects.requireNonNull(found.get("plan")));
        if (!plans.isEmpty()) {
            differs(source, "other plans: " + plans);
        } else if (jvm.plan().isEmpty()) {
            count("nothing to do");
        } else if (java.util.Arrays.equals(jvm.output(), Files.readAllBytes(output))) {
            count("same bytes");
        } else {
            Map<CompressionCodec, Integer> codecs = new EnumMap<>(CompressionCodec.class);
            String pages = OutputDifference.of(jvm.output(), Files.readAllBytes(output), codecs);
            boolean mustBeSame = !codecs.containsKey(CompressionCodec.SNAPPY)
                    && !codecs.containsKey(CompressionCodec.GZIP)
                    && !codecs.containsKey(CompressionCodec.BROTLI);
            if (!pages.isEmpty() || mustBeSame) {
                differs(source, "other bytes in codecs " + codecs.keySet() + ": " + pages);
            } else {
                count("same pages, packed otherwise: " + codecs.keySet());
            }
        }
    }

    private void differs(Path source, String difference) {
        count("different");
        differences.add(effort + " " + source + ": " + difference);
    }

    private void count(String outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }
}

package io.glulam.wasm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.format.CompressionCodec;
import io.glulam.plan.Effort;
import io.glulam.plan.PlanJson;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Runs the JVM and Node on the same files, one effort at a time, and tells how what came out differs. */
final class Comparison {
    private static final long BUFFERS = 32L << 20;
    /** Codecs that have one implementation in the JVM and another one in Node. */
    private static final Set<CompressionCodec> SEVERAL =
            EnumSet.of(CompressionCodec.GZIP, CompressionCodec.BROTLI, CompressionCodec.LZ4, CompressionCodec.LZ4_RAW);

    private static final JsonFactory JSON = new JsonFactory();

    private final Path folder;
    private final Effort effort;
    private final List<String> differences = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> otherWords = new ArrayList<>();

    /** @param folder for outputs and jobs */
    Comparison(Path folder, Effort effort) {
        this.folder = folder;
        this.effort = effort;
    }

    /** What differs, with the file's name. */
    List<String> differences() {
        return differences;
    }

    /** Messages of the JVM and of Node, where both refuse for the same kind of reason. */
    List<String> otherWords() {
        return otherWords;
    }

    /** How many files came out in which way. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** Compares what becomes of these files. */
    Comparison of(List<Path> files) throws IOException, InterruptedException {
        Path jobs = folder.resolve("jobs-" + effort);
        List<String> lines = new ArrayList<>();
        List<JvmRun> runs = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            JvmRun run = JvmRun.of(files.get(i), effort, BUFFERS, jvmOutput(i));
            runs.add(run);
            lines.add(job(run, files.get(i), output(i)));
        }
        Files.write(jobs, lines);
        List<String> answers = Node.lines(jobs, 512);
        if (answers.size() != files.size() || answers.get(answers.size() - 1).startsWith("exit")) {
            differences.add(effort + ": Node answered " + answers.size() + " of " + files.size()
                    + " jobs, the last one: " + answers.get(answers.size() - 1));
            return this;
        }
        for (int i = 0; i < files.size(); i++) {
            compare(files.get(i), jvmOutput(i), output(i), runs.get(i), Node.answer(answers.get(i)));
            Files.deleteIfExists(jvmOutput(i));
            Files.deleteIfExists(output(i));
        }
        return this;
    }

    private Path output(int file) {
        return folder.resolve(effort + "-" + file + ".out");
    }

    private Path jvmOutput(int file) {
        return folder.resolve(effort + "-" + file + ".jvm");
    }

    /** Node plans by itself, too, but carries out the JVM's plan: samples that pack otherwise may lead to another one. */
    private String job(JvmRun run, Path source, Path output) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("source", source.toString());
            json.writeStringField("output", output.toString());
            json.writeNumberField("buffers", BUFFERS);
            json.writeStringField("version", run.plan().source().version());
            if (run.kind().isEmpty()) {
                json.writeStringField("plan", new String(PlanJson.write(run.plan()), StandardCharsets.UTF_8));
            }
            json.writeObjectFieldStart("settings");
            json.writeStringField("effort", effort.name().toLowerCase(Locale.ROOT));
            json.writeStringField("rewrite", "all");
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.toString();
    }

    private void compare(Path source, Path expected, Path output, JvmRun jvm, Map<String, String> found)
            throws IOException {
        String kind = jvm.kind();
        if (found.containsKey("crash")) {
            differs(source, "Node crashed, JVM " + kind + " " + jvm.message() + ": " + found);
        } else if (!kind.isEmpty() || found.containsKey("failure")) {
            if (!kind.equals(found.get("failure"))) {
                differs(source, "JVM " + kind + " " + jvm.message() + ", Node " + found);
            } else if (jvm.message().equals(found.get("message"))) {
                count("refused in the same words");
            } else {
                count("refused in other words");
                otherWords.add(jvm.message() + " | " + found.get("message"));
            }
        } else {
            compareOutputs(source, expected, output, jvm, found);
        }
    }

    private void compareOutputs(Path source, Path expected, Path output, JvmRun jvm, Map<String, String> found)
            throws IOException {
        byte[] own = Files.readAllBytes(output);
        byte[] jvms = Files.readAllBytes(expected);
        Map<CompressionCodec, Integer> codecs = new EnumMap<>(CompressionCodec.class);
        String pages = jvm.plan().isEmpty() ? "" : OutputDifference.of(jvms, own, codecs);
        boolean packedOtherwise = codecs.keySet().stream().anyMatch(SEVERAL::contains);
        String plans = PlanDifference.of(jvm.plan(), Objects.requireNonNull(found.get("ownPlan")));
        if (!plans.isEmpty()) {
            count("own plan differs");
        }
        if (!pages.isEmpty()) {
            differs(source, "other pages: " + pages);
        } else if (!plans.isEmpty() && !packedOtherwise) {
            differs(source, "other plans: " + plans);
        } else if (jvm.plan().isEmpty()) {
            count("nothing to do");
        } else if (Arrays.equals(jvms, own)) {
            count("same bytes");
        } else if (packedOtherwise) {
            count("same pages, packed otherwise");
        } else {
            differs(source, "same pages, but other bytes, in codecs " + codecs.keySet());
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

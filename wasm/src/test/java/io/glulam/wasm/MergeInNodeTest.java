package io.glulam.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.CompactionOptions;
import io.glulam.MergeOptions;
import io.glulam.MergeReport;
import io.glulam.Merger;
import io.glulam.error.GlulamException;
import io.glulam.format.CompressionCodec;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.SchemaVariants;
import io.glulam.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine in Node merges files as the library in the JVM does: to the same bytes, or with the same refusal. Where a codec
 * has two implementations, every page is the same once it is unpacked. Needs the profile wasm.
 */
@EnabledIfSystemProperty(named = "glulam.engine", matches = ".+")
class MergeInNodeTest {
    private static final int SEEDS = 12;
    private static final Set<CompressionCodec> SEVERAL =
            EnumSet.of(CompressionCodec.GZIP, CompressionCodec.BROTLI, CompressionCodec.LZ4, CompressionCodec.LZ4_RAW);

    @TempDir
    Path folder;

    private final List<String> jobs = new ArrayList<>();
    private final List<Path> outputs = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    @Test
    void filesBecomeTheSameOne() throws IOException, InterruptedException {
        for (long seed : Seeds.stream(SEEDS).toArray()) {
            FileRecipe recipe = FileRecipe.any(seed);
            Path pieces = Files.createDirectory(folder.resolve("pieces-" + seed));
            add(ParquetJavaFiles.writeEach(recipe, pieces), "seed " + seed);
            Path variants = Files.createDirectory(folder.resolve("variants-" + seed));
            add(SchemaVariants.write(recipe, variants.resolve("whole.parquet"), variants), "variants " + seed);
        }
        List<String> answers = Node.lines(Files.write(folder.resolve("jobs"), jobs), 512);

        assertThat(answers).hasSameSizeAs(jobs);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String difference = difference(i, Node.answer(answers.get(i)));
            if (!difference.isEmpty()) {
                differences.add(expected.get(i) + ": " + difference + "; " + jobs.get(i));
            }
        }
        assertThat(differences).isEmpty();
    }

    private void add(List<Path> inputs, String name) {
        Path output = folder.resolve("merged-" + outputs.size());
        String paths = inputs.stream().map(path -> "\"" + path + "\"").collect(Collectors.joining(","));
        boolean remote = outputs.size() % 2 == 0;
        jobs.add(
                ("{\"inputs\":[%s],\"output\":\"%s\",\"version\":\"v\",\"buffers\":16777216,\"remote\":%s,\"streams\":%s,"
                                + "\"copies\":%s,\"settings\":{\"effort\":\"copy\",\"threshold\":\"4KiB\"}}")
                        .formatted(paths, output, remote, remote, outputs.size() % 3 == 0));
        outputs.add(output);
        expected.add(name + ": " + inJvm(inputs, jvm(output)));
    }

    private static Path jvm(Path output) {
        return output.resolveSibling(output.getFileName() + ".jvm");
    }

    /** What it comes to in the JVM: an outcome, or the kind of a refusal and its words. */
    private static String inJvm(List<Path> inputs, Path output) {
        Settings settings = Settings.defaults().withEffort(Effort.COPY).withThreshold(new Threshold.Fixed(4096));
        FoundInputs found = FoundInputs.of(inputs.stream()
                .map(path -> new Candidate(LocalStore.object(path), ""))
                .toList());
        try {
            MergeReport report = new Merger(MergeOptions.defaults()
                            .withCompaction(CompactionOptions.defaults().withSettings(settings)))
                    .merge(found, (group, index) -> LocalStore.object(output));
            return report.outcome().name();
        } catch (GlulamException failure) {
            return failure.getClass().getSimpleName() + " " + failure.getMessage();
        }
    }

    private String difference(int index, Map<String, String> found) throws IOException {
        String outcome = expected.get(index).replaceFirst("^[^:]*: ", "");
        if (found.containsKey("failure")) {
            String told = found.get("failure") + " " + found.get("message");
            return told.equals(outcome) ? "" : told;
        }
        if (!outcome.equals(found.get("outcome"))) {
            return found.toString();
        }
        if (!outcome.equals("MERGED")) {
            return "";
        }
        byte[] own = Files.readAllBytes(outputs.get(index));
        byte[] jvms = Files.readAllBytes(jvm(outputs.get(index)));
        if (Arrays.equals(own, jvms)) {
            return "";
        }
        Map<CompressionCodec, Integer> codecs = new EnumMap<>(CompressionCodec.class);
        String pages = Objects.requireNonNull(OutputDifference.of(jvms, own, codecs));
        return codecs.keySet().stream().anyMatch(SEVERAL::contains) ? pages : "other bytes, " + pages;
    }
}

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
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
    private static final long FILE_BYTES = 1000;
    private static final String JVM = ".jvm";
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
        assertThatNoneDiffers();
    }

    @Test
    void filesOfPartitionsBecomeTheSameFilesOfAFolder() throws IOException, InterruptedException {
        for (long seed : Seeds.stream(SEEDS).toArray()) {
            // Where a codec has two implementations, samples may choose another encoding.
            CompressionCodecName codec = seed % 2 == 0 ? CompressionCodecName.SNAPPY : CompressionCodecName.ZSTD;
            FileRecipe recipe = FileRecipe.any(seed).withSettings(settings -> settings.withCodec(codec));
            Path pieces = Files.createDirectory(folder.resolve("pieces-" + seed));
            List<Path> inputs = new ArrayList<>(ParquetJavaFiles.writeEach(recipe, pieces));
            Path whole = folder.resolve("whole-" + seed + ".parquet");
            ParquetJavaFiles.write(recipe, whole);
            inputs.add(whole);
            addFolder(inputs, "seed " + seed);
        }
        assertThatNoneDiffers();
    }

    private void assertThatNoneDiffers() throws IOException, InterruptedException {
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
        List<Candidate> candidates = inputs.stream()
                .map(path -> new Candidate(LocalStore.object(path), ""))
                .toList();
        expected.add(name + ": " + inJvm(options(), candidates, group -> jvm(output)));
    }

    /** Two partitions, and files so small that most of them become several. */
    private void addFolder(List<Path> inputs, String name) {
        Path output = folder.resolve("merged-" + outputs.size());
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            groups.add("part=" + i % 2);
        }
        String paths = inputs.stream().map(path -> "\"" + path + "\"").collect(Collectors.joining(","));
        String groupNames = groups.stream().map(group -> "\"" + group + "\"").collect(Collectors.joining(","));
        boolean remote = outputs.size() % 2 == 0;
        jobs.add(
                ("{\"inputs\":[%s],\"groups\":[%s],\"output\":\"%s\",\"version\":\"v\",\"buffers\":16777216,\"remote\":%s,"
                                + "\"streams\":%s,\"copies\":%s,\"settings\":{\"effort\":\"copy\",\"threshold\":\"4KiB\","
                                + "\"target-file-size\":%d,\"mismatch\":\"group\"}}")
                        .formatted(paths, groupNames, output, remote, remote, outputs.size() % 3 == 0, FILE_BYTES));
        outputs.add(output);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            candidates.add(new Candidate(LocalStore.object(inputs.get(i)), groups.get(i)));
        }
        AtomicInteger count = new AtomicInteger();
        MergeOptions options = options().withMaxFileBytes(FILE_BYTES).withMismatch(MergeOptions.Mismatch.GROUP);
        expected.add(name + ": "
                + inJvm(
                        options,
                        candidates,
                        group -> jvm(output.resolveSibling(
                                output.getFileName() + "-" + count.getAndIncrement() + "-" + group))));
    }

    private static MergeOptions options() {
        Settings settings = Settings.defaults().withEffort(Effort.COPY).withThreshold(new Threshold.Fixed(4096));
        return MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults().withSettings(settings));
    }

    private static Path jvm(Path output) {
        return output.resolveSibling(output.getFileName() + JVM);
    }

    /** What it comes to in the JVM: an outcome, or the kind of a refusal and its words. */
    private static String inJvm(MergeOptions options, List<Candidate> inputs, Function<String, Path> target) {
        try {
            MergeReport report = new Merger(options)
                    .merge(FoundInputs.of(inputs), (group, index) -> LocalStore.object(target.apply(group)));
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
        List<Path> own = made(outputs.get(index), "");
        List<Path> jvms = made(outputs.get(index), JVM);
        if (own.size() != jvms.size()) {
            return own + " instead of " + jvms;
        }
        for (int i = 0; i < own.size(); i++) {
            String bytes = difference(own.get(i), jvms.get(i));
            if (!bytes.isEmpty()) {
                return own.get(i) + ": " + bytes;
            }
        }
        return "";
    }

    /** The files that were made of a job: one of its name, or those of a folder. */
    private static List<Path> made(Path output, String end) throws IOException {
        try (Stream<Path> files = Files.list(output.getParent())) {
            String name = Pattern.quote(String.valueOf(output.getFileName()));
            return files.filter(file ->
                            String.valueOf(file.getFileName()).matches(name + "(-\\d+-[^.]*)?" + Pattern.quote(end)))
                    .sorted()
                    .toList();
        }
    }

    private static String difference(Path own, Path jvms) throws IOException {
        byte[] bytes = Files.readAllBytes(own);
        byte[] others = Files.readAllBytes(jvms);
        if (Arrays.equals(bytes, others)) {
            return "";
        }
        Map<CompressionCodec, Integer> codecs = new EnumMap<>(CompressionCodec.class);
        String pages = Objects.requireNonNull(OutputDifference.of(others, bytes, codecs));
        return codecs.keySet().stream().anyMatch(SEVERAL::contains) ? pages : "other bytes, " + pages;
    }
}

package io.glulam.fuzz;

import io.glulam.CompactionReport;
import io.glulam.plan.Order;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.testkit.audit.Auditor;
import io.glulam.testkit.audit.Origin;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.oracle.Pruning;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.MetadataComparison;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a compaction of any bytes may end in: a refusal, or a file with the same rows that a reader finds with the same
 * filters, in which nothing is false that was not false before.
 */
final class CompactionOracle {
    private final byte[] source;
    private final Settings settings;
    private final int filters;
    private final int filtersOfDuckDb;

    /** @param filters how many are asked of parquet-java */
    CompactionOracle(byte[] source, Settings settings, int filters) {
        this(source, settings, filters, 0);
    }

    /**
     * @param filters how many are asked of parquet-java
     * @param filtersOfDuckDb how many are asked of DuckDB
     */
    CompactionOracle(byte[] source, Settings settings, int filters, int filtersOfDuckDb) {
        this.source = source.clone();
        this.settings = settings;
        this.filters = filters;
        this.filtersOfDuckDb = filtersOfDuckDb;
    }

    /**
     * Compacts and judges.
     *
     * @return the compaction
     * @throws Mismatch if what came out must not have
     */
    Compaction check() {
        Compaction compaction = Compaction.of(source, settings, 1);
        byte[] output = compaction.output();
        CompactionReport report = compaction.report();
        if (output == null || report == null) {
            return compaction;
        }
        if (report.plan().isEmpty()) {
            if (!Arrays.equals(source, output)) {
                throw new Mismatch("there was nothing to do, and the copy differs");
            }
            return compaction;
        }
        Path before = Scratch.write("source.parquet", source);
        Path after = Scratch.write("output.parquet", output);
        judge(report.plan(), before, after);
        return compaction;
    }

    static List<Origin> origins(Plan plan) {
        return plan.groups().stream()
                .map(group -> new Origin(
                        group instanceof OutputGroup.KeptGroup, group.sources().toArray()))
                .toList();
    }

    private void judge(Plan plan, Path before, Path after) {
        List<Origin> origins = origins(plan);
        try (ParquetFile left = ParquetFile.openIgnoringChecksums(before);
                ParquetFile checked = ParquetFile.open(before);
                ParquetFile right = ParquetFile.open(after);
                ParquetFile copied = ParquetFile.openIgnoringChecksums(after)) {
            MetadataComparison.firstDifferenceWithCreator(left, right).ifPresent(difference -> {
                throw new Mismatch(difference);
            });
            GroupComparison groups = new GroupComparison(left, checked, right, copied, origins);
            groups.check();
            // Bounds without a declared order are a warning to the linter and an error to the auditor.
            List<Finding> known = Linter.check(before);
            SourceLies lies = new SourceLies(known, plan, right);
            requireNone("audit", Auditor.errors(before, after, origins), groups, lies);
            if (groups.everythingIsReadable()) {
                requireNone("lint", Linter.newErrors(known, after), groups, lies);
                requireSameAnswers(before, after);
                requireSameAnswersOfDuckDb(before, after);
            }
        } catch (MalformedFile e) {
            // The source is not one for the independent reader: then only the bytes that moved can be the same.
            requireUnreadable(before, e);
        }
    }

    private static void requireUnreadable(Path before, MalformedFile failure) {
        try (ParquetFile readable = ParquetFile.openIgnoringChecksums(before)) {
            throw new Mismatch(
                    "the output of " + readable.length() + " bytes cannot be opened: " + failure.getMessage());
        } catch (MalformedFile expected) {
            return;
        }
    }

    private static void requireNone(String who, List<Finding> findings, GroupComparison groups, SourceLies lies) {
        List<Finding> judged = findings.stream()
                .filter(groups::concernsReadable)
                .filter(finding -> !lies.explain(finding))
                .toList();
        if (!judged.isEmpty()) {
            throw new Mismatch(who + ": " + judged);
        }
    }

    private void requireSameAnswers(Path before, Path after) {
        if (filters == 0) {
            return;
        }
        try {
            boolean sameOrder = settings.order() == Order.PRESERVE;
            Optional<String> loss = Pruning.loss(before, after, Arrays.hashCode(source), sameOrder, filters);
            if (loss.isPresent()) {
                throw new Mismatch(loss.get());
            }
        } catch (IOException e) {
            throw new Mismatch("parquet-java does not read the output: " + e);
        }
    }

    private void requireSameAnswersOfDuckDb(Path before, Path after) {
        if (filtersOfDuckDb == 0) {
            return;
        }
        Optional<String> loss;
        try {
            Path honest = Scratch.write("unclaimed.parquet", Unclaimed.of(source));
            boolean sameOrder = settings.order() == Order.PRESERVE;
            loss = Pruning.lossInDuckDb(honest, before, after, Arrays.hashCode(source), sameOrder, filtersOfDuckDb);
        } catch (IOException | RuntimeException unreadable) {
            return; // The reference implementation does not read the source's footer or schema.
        }
        loss.ifPresent(what -> {
            throw new Mismatch(what);
        });
    }
}

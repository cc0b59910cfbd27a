package io.glulam.testkit.audit;

import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.lint.Findings;
import io.glulam.testkit.lint.Severity;
import io.glulam.testkit.lint.SortingLint;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Audits the output of a compaction.
 *
 * <ul>
 *   <li>Merged row groups: every count, size, offset, encoding, bound, histogram, index and bloom filter is derived from
 *       the decoded values and has to be exactly that; bounds may be wider if they are not called exact; what may be
 *       absent may be absent.
 *   <li>Headers of data pages that were moved byte for byte may repeat the source's false counts: those are warnings.
 *   <li>Kept row groups: pages, indexes and bloom filters have the source's bytes, the footer's entry has the source's
 *       values, whatever they say; only offsets differ, all by one shift.
 *   <li>The file: footer fields of the source, no byte that belongs to nothing, nothing that overlaps.
 * </ul>
 */
public final class Auditor {
    private final ParquetFile source;
    private final ParquetFile output;
    private final List<Origin> origins;
    private final Findings findings = new Findings();
    private final Coverage coverage = new Coverage();

    private Auditor(ParquetFile source, ParquetFile output, List<Origin> origins) {
        this.source = source;
        this.output = output;
        this.origins = origins;
    }

    /**
     * All findings, of any severity; an output that cannot be opened has one.
     *
     * @param origins of the output's row groups, in their order
     */
    public static List<Finding> audit(Path source, Path output, List<Origin> origins) {
        try (ParquetFile before = ParquetFile.openIgnoringChecksums(source);
                ParquetFile after = ParquetFile.open(output)) {
            return new Auditor(before, after, origins).audit();
        } catch (MalformedFile e) {
            return List.of(new Finding(Severity.ERROR, -1, -1, "cannot be opened: " + e.getMessage()));
        }
    }

    /** Only the findings that are {@link Severity#ERROR}s. */
    public static List<Finding> errors(Path source, Path output, List<Origin> origins) {
        return audit(source, output, origins).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    private List<Finding> audit() {
        new FileAudit(source, output, origins, findings).check();
        if (!findings.all().isEmpty()) {
            return findings.all();
        }
        coverage.add(0, 4, "magic");
        coverage.add(output.footerOffset(), output.length(), "footer");
        for (int group = 0; group < origins.size(); group++) {
            int number = group;
            guarded(findings.at(group, -1), here -> checkRowGroup(number, here));
        }
        coverage.check(findings);
        return findings.all();
    }

    private void checkRowGroup(int group, Findings here) {
        Origin origin = origins.get(group);
        if (origin.kept()) {
            new KeptGroupAudit(source, output, group, origin.sources()[0], here).check();
        } else {
            new MergedGroupAudit(source, output, group, origin, here).check();
            SortingLint.check(output, group, here);
        }
        for (LeafColumn leaf : output.leaves()) {
            guarded(findings.at(group, leaf.index()), there -> checkChunk(group, origin, leaf, there));
        }
    }

    private void checkChunk(int group, Origin origin, LeafColumn leaf, Findings here) {
        if (origin.kept()) {
            new KeptChunkAudit(source, output, group, origin.sources()[0], leaf.index(), coverage, here).check();
        } else {
            new MergedChunkAudit(source, output, group, origin, leaf, coverage, here).check();
        }
    }

    private static void guarded(Findings here, Consumer<Findings> check) {
        try {
            check.accept(here);
        } catch (MalformedFile e) {
            here.error("cannot be read: " + e.getMessage());
        }
    }
}

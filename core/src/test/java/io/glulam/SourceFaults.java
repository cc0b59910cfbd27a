package io.glulam;

import io.glulam.testkit.audit.Auditor;
import io.glulam.testkit.audit.Origin;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The faults that a file has before a test compacts it. The test looks for them once, with however many settings it compacts the file. */
final class SourceFaults {
    private final Path source;
    private final boolean foreign;
    private @Nullable Boolean readable;
    private @Nullable Set<String> known;
    private @Nullable Set<String> falseStatistics;

    private SourceFaults(Path source, boolean foreign) {
        this.source = source;
        this.foreign = foreign;
    }

    /** Of a file whose statistics are true. */
    static SourceFaults ofOwnFile(Path source) {
        return new SourceFaults(source, false);
    }

    /** Of a file from elsewhere, whose statistics may be false. */
    static SourceFaults ofForeignFile(Path source) {
        return new SourceFaults(source, true);
    }

    Path source() {
        return source;
    }

    boolean isReadable() {
        if (readable == null) {
            readable = isReadable(source);
        }
        return readable;
    }

    static boolean isReadable(Path path) {
        try {
            return TripletComparison.firstDifference(path, path).isEmpty();
        } catch (MalformedFile malformed) {
            return false;
        }
    }

    /** Whether the linter finds the same in the source. */
    boolean isKnown(Finding finding) {
        if (known == null) {
            known = Linter.errors(source).stream().map(SourceFaults::kind).collect(Collectors.toSet());
        }
        return known.contains(kind(finding));
    }

    /** Whether it is of a statistic that the source's own values contradict: where nothing is decoded, it is carried on. */
    boolean isFalseStatistic(Finding finding) {
        if (falseStatistics == null) {
            falseStatistics = foreign ? falseStatistics() : Set.of();
        }
        return falseStatistics.contains(statistic(finding));
    }

    private Set<String> falseStatistics() {
        List<Origin> itself;
        try (ParquetFile file = ParquetFile.open(source)) {
            itself = IntStream.range(0, file.rowGroups())
                    .mapToObj(group -> new Origin(false, new int[] {group}))
                    .toList();
        }
        return Auditor.errors(source, source, itself).stream()
                .filter(finding -> finding.message().startsWith("statistics "))
                .map(SourceFaults::statistic)
                .collect(Collectors.toSet());
    }

    private static String statistic(Finding finding) {
        return finding.column() + finding.message().replaceAll("0x[0-9a-f]+|[0-9]+", "#");
    }

    /** What a finding says, without the numbers. */
    private static String kind(Finding finding) {
        return finding.column() + finding.message().replaceAll("[0-9]+", "#");
    }
}

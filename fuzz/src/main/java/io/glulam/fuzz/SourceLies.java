package io.glulam.fuzz;

import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.read.PageInfo;
import io.glulam.testkit.read.ParquetFile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What is false in a source already, by column and kind of claim. Where no value is decoded, a false statistic cannot be
 * told from a true one, so that it may be carried on; where values are decoded, it may not. Remap decodes dictionaries and
 * indices: bounds that leave out a value of a dictionary may not be carried on either.
 */
final class SourceLies {
    /** A text in a finding's message, and the kind of claim that it tells of; the first that fits. */
    private static final List<Map.Entry<String, String>> KINDS = List.of(
            Map.entry("null_count", "nulls"),
            Map.entry("num_nulls", "nulls"),
            Map.entry("nan_count", "NaNs"),
            Map.entry("histogram", "histograms"),
            Map.entry("unencoded_byte_array", "bytes"),
            Map.entry("loom filter", "bloom filter"),
            Map.entry("distinct_count", "distinct"),
            Map.entry("sorting_columns", "sorting"),
            Map.entry("called exact", "bounds"),
            Map.entry(" min ", "bounds"),
            Map.entry(" max ", "bounds"),
            Map.entry("bound", "bounds"),
            Map.entry("offset index", "offset index"),
            Map.entry("column index", "column index"));

    private static final String HIDDEN_NULL_PAGE = "hidden null page";
    private static final Pattern NULL_PAGES = Pattern.compile("null_pages is \\[(.*)\\], should be \\[(.*)\\]");

    private final Plan plan;
    private final ParquetFile output;
    private final Set<String> lies = new HashSet<>();

    /** @param source what the linter finds in the source */
    SourceLies(List<Finding> source, Plan plan, ParquetFile output) {
        this.plan = plan;
        this.output = output;
        for (Finding finding : source) {
            lies.add(key(finding));
            if (finding.message().endsWith("null_pages is false, should be true")) {
                lies.add(finding.column() + HIDDEN_NULL_PAGE);
            }
        }
    }

    /** Whether a finding in the output is what the source says too, and nothing in the run could have told. */
    boolean explain(Finding finding) {
        return (lies.contains(key(finding)) || boundsNaNs(finding) || hidesNullPages(finding)) && !isDecoded(finding);
    }

    /** The chunk's bounds are those of each of its pages; that a page holds only NaN shows where it is decoded. */
    private static boolean boundsNaNs(Finding finding) {
        return finding.message().startsWith("column index, page ")
                && finding.message().endsWith("bounds where all is NaN");
    }

    /** The source says of pages of nulls that they hold values, as all its witnesses do: nobody passes over values by it. */
    private boolean hidesNullPages(Finding finding) {
        if (!lies.contains(finding.column() + HIDDEN_NULL_PAGE)) {
            return false;
        }
        Matcher claimed = NULL_PAGES.matcher(finding.message());
        return finding.message().startsWith("bounds of the null page")
                || claimed.matches()
                        && onlyHides(
                                claimed.group(1).split(", "), claimed.group(2).split(", "));
    }

    private static boolean onlyHides(String[] claimed, String[] right) {
        return claimed.length == right.length
                && IntStream.range(0, claimed.length)
                        .allMatch(page -> claimed[page].equals(right[page]) || claimed[page].equals("false"));
    }

    private boolean isDecoded(Finding finding) {
        if (finding.rowGroup() < 0
                || finding.column() < 0
                || !(plan.groups().get(finding.rowGroup()) instanceof MergedGroup merged)) {
            return false;
        }
        return switch (merged.columns().get(finding.column()).tier()) {
            case RECODE -> true;
            case REMAP -> leavesOutValue(finding) && isDictionaryEncoded(finding.rowGroup(), finding.column());
            default -> false;
        };
    }

    private static boolean leavesOutValue(Finding finding) {
        String message = finding.message();
        return !message.startsWith("page at ")
                && (message.contains("is above the value") || message.contains("is below the value"));
    }

    private boolean isDictionaryEncoded(int rowGroup, int column) {
        return output.pages(rowGroup, column).dataPages().stream().allMatch(PageInfo::isDictionaryEncoded);
    }

    private static String key(Finding finding) {
        String message = finding.message();
        if (message.contains("boundary_order") || message.contains("null_pages")) {
            return finding.column() + message.replaceAll("[0-9]+", "#");
        }
        for (Map.Entry<String, String> kind : KINDS) {
            if (message.contains(kind.getKey())) {
                return finding.column() + kind.getValue();
            }
        }
        return finding.column() + message.replaceAll("[0-9]+", "#");
    }
}

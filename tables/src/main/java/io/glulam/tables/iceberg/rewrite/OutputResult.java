package io.glulam.tables.iceberg.rewrite;

import io.glulam.CompactionReport.ColumnResult;
import io.glulam.ShapedReport;
import io.glulam.ShapedReport.Bounds;
import io.glulam.ShapedReport.ColumnFacts;
import io.glulam.plan.Tier;
import io.glulam.storage.RequestKind;
import io.glulam.storage.Traffic;
import io.glulam.tables.TableReport.AppliedDeletes;
import io.glulam.tables.TableReport.MovedBytes;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of an {@link OutputJob}: a few kilobytes, as another process sends them back.
 *
 * @param index of the job
 * @param refused the sources that are left because core refused them
 * @param file the new file; null if too few sources could be merged
 */
public record OutputResult(
        int index, List<Refused> refused, @Nullable NewFile file) implements Serializable {
    public OutputResult {
        refused = List.copyOf(refused);
    }

    /** Row groups that a sentence lists. */
    private static final int MAX_NAMED = 20;

    /**
     * A source that is not merged.
     *
     * @param source position in the job
     * @param problem why, for people; empty for a source that is left only because no other can be merged with it
     */
    public record Refused(int source, String problem) implements Serializable {}

    /**
     * A file that is written and verified.
     *
     * @param location where it lies
     * @param bytes its size
     * @param rows its rows
     * @param rowGroupStarts where its row groups begin
     * @param columns its leaf columns
     * @param tierBytes bytes of merged column chunks by the way they came about
     * @param deletes what became of rows that deletes named
     * @param moved what went between the process and stores
     */
    public record NewFile(
            String location,
            long bytes,
            long rows,
            List<Long> rowGroupStarts,
            List<Column> columns,
            Map<Tier, Long> tierBytes,
            AppliedDeletes deletes,
            Moved moved)
            implements Serializable {
        static NewFile of(String location, ShapedReport report) {
            Map<Tier, Long> tiers = new EnumMap<>(Tier.class);
            for (ColumnResult column : report.compaction().columns()) {
                tiers.merge(column.tier(), column.bytes(), Long::sum);
            }
            return new NewFile(
                    location,
                    report.bytes(),
                    report.rows(),
                    List.copyOf(report.rowGroupStarts()),
                    report.columns().stream().map(Column::of).toList(),
                    Map.copyOf(tiers),
                    AppliedDeletes.of(report),
                    Moved.of(report.traffic()));
        }

        /** Returns sentences about bloom filters that the table asks for and the file lacks. */
        List<String> missingFilters() {
            return columns.stream()
                    .filter(column -> !column.unfiltered().isEmpty())
                    .map(column -> "no bloom filter of " + String.join(".", column.path()) + " in "
                            + column.unfiltered().size() + " row groups of " + location + " (numbers "
                            + column.unfiltered().stream()
                                    .limit(MAX_NAMED)
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", "))
                            + (column.unfiltered().size() > MAX_NAMED ? ", …)" : ")"))
                    .toList();
        }

        /** Returns how the bytes were made. */
        public MovedBytes made() {
            long remapped = tierBytes.getOrDefault(Tier.REMAP, 0L);
            long recoded = tierBytes.getOrDefault(Tier.COALESCE, 0L) + tierBytes.getOrDefault(Tier.RECODE, 0L);
            return new MovedBytes(bytes - remapped - recoded, remapped, recoded, bytes);
        }
    }

    /** A leaf column, as {@link ColumnFacts}. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Column(
            List<String> path,
            @Nullable Integer fieldId,
            long compressedBytes,
            long values,
            long nulls,
            byte @Nullable [] min,
            byte @Nullable [] max,
            List<Integer> unfiltered)
            implements Serializable {
        static Column of(ColumnFacts facts) {
            Bounds bounds = facts.bounds();
            return new Column(
                    List.copyOf(facts.path()),
                    facts.fieldId(),
                    facts.compressedBytes(),
                    facts.values(),
                    facts.nulls(),
                    bounds == null ? null : bounds.min(),
                    bounds == null ? null : bounds.max(),
                    List.copyOf(facts.unfiltered()));
        }

        ColumnFacts facts() {
            Bounds bounds = min == null || max == null ? null : new Bounds(min, max);
            return new ColumnFacts(path, fieldId, compressedBytes, values, nulls, bounds, unfiltered);
        }
    }

    /** Requests and bytes, as {@link Traffic}. */
    public record Moved(long downloaded, long uploaded, long copied, Map<RequestKind, Long> requests)
            implements Serializable {
        static Moved of(Traffic traffic) {
            return new Moved(
                    traffic.downloaded(), traffic.uploaded(), traffic.copied(), Map.copyOf(traffic.requests()));
        }

        /** Returns the same as core has it. */
        public Traffic traffic() {
            return new Traffic(downloaded, uploaded, copied, requests);
        }
    }
}

package io.glulam.fuzz;

import io.glulam.testkit.audit.Origin;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.PageInfo;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds each column of each output row group against the source's, as far as the independent reader reads the source:
 * what it cannot read was moved as bytes at best, and is not judged.
 */
final class GroupComparison {
    /** Pages that claim more are not decoded: no generated file has any, and a lie would take the memory. */
    private static final int MAX_VALUES = 1 << 20;

    private final ParquetFile source;
    /** The source, opened so that it checks the checksums of pages. */
    private final ParquetFile checked;

    private final ParquetFile output;
    /** The output for row groups and pages that are copied: they keep the wrong checksums of the source. */
    private final ParquetFile copied;

    private final List<Origin> origins;
    private final List<boolean[]> readable = new ArrayList<>();
    /** Whether pages with wrong checksums were joined: the auditor does not read them, and misses their bytes. */
    private boolean joinedWrongChecksums;

    /**
     * @param source opened so that it passes over the checksums of pages
     * @param checked the source, opened so that it checks them
     * @param output opened so that it checks the checksums of pages
     * @param copied the output, opened so that it passes over them
     */
    GroupComparison(
            ParquetFile source, ParquetFile checked, ParquetFile output, ParquetFile copied, List<Origin> origins) {
        this.source = source;
        this.checked = checked;
        this.output = output;
        this.copied = copied;
        this.origins = origins;
    }

    /** @throws Mismatch if a level or a value is another one, or rows slid into another row group */
    void check() {
        for (int group = 0; group < origins.size(); group++) {
            boolean[] columns = new boolean[output.leaves().size()];
            readable.add(columns);
            for (int leaf = 0; leaf < columns.length; leaf++) {
                columns[leaf] = check(group, leaf);
            }
        }
    }

    /** Whether a finding is about what could be read. */
    boolean concernsReadable(Finding finding) {
        if (finding.rowGroup() < 0 || finding.rowGroup() >= readable.size()) {
            return everythingIsReadable() && !joinedWrongChecksums;
        }
        boolean[] columns = readable.get(finding.rowGroup());
        if (finding.column() >= 0 && finding.column() < columns.length) {
            return columns[finding.column()];
        }
        return all(columns);
    }

    boolean everythingIsReadable() {
        return readable.stream().allMatch(GroupComparison::all);
    }

    private static boolean all(boolean[] columns) {
        for (boolean column : columns) {
            if (!column) {
                return false;
            }
        }
        return true;
    }

    private boolean check(int group, int leaf) {
        Origin origin = origins.get(group);
        List<Triplets> parts = new ArrayList<>();
        for (int number : origin.sources()) {
            Triplets part = read(number, leaf);
            if (part == null) {
                return false;
            }
            parts.add(part);
        }
        String place = "row group " + group + " column " + leaf;
        if (!origin.kept()) {
            requireWholeRows(origin, leaf, parts, place);
        }
        Triplets found = found(origin, group, leaf, place);
        if (!joined(parts).sameAs(found)) {
            throw new Mismatch(place + " has other levels or values than the source");
        }
        return true;
    }

    private Triplets found(Origin origin, int group, int leaf, String place) {
        try {
            return (origin.kept() ? copied : output).triplets(group, leaf);
        } catch (MalformedFile e) {
            if (hasWrongChecksum(origin, leaf)) {
                joinedWrongChecksums = true;
                return copied.triplets(group, leaf);
            }
            throw new Mismatch(place + " cannot be read, though the source can: " + e.getMessage());
        }
    }

    private boolean hasWrongChecksum(Origin origin, int leaf) {
        try {
            for (int number : origin.sources()) {
                checked.triplets(number, leaf);
            }
            return false;
        } catch (MalformedFile e) {
            return true;
        }
    }

    /** What is merged begins at a row and holds its row group's rows. */
    private void requireWholeRows(Origin origin, int leaf, List<Triplets> parts, String place) {
        for (int i = 0; i < parts.size(); i++) {
            Triplets part = parts.get(i);
            int number = origin.sources()[i];
            long rows = source.metaData().getRow_groups().get(number).getNum_rows();
            boolean begins = part.count() == 0 || part.repetitionLevels()[0] == 0;
            if (part.rows() != rows || !begins) {
                throw new Mismatch(
                        "%s: row group %d of the source was merged, with %d rows for %d, beginning %s a row (leaf %d)"
                                .formatted(place, number, part.rows(), rows, begins ? "at" : "inside", leaf));
            }
        }
    }

    private @Nullable Triplets read(int group, int leaf) {
        try {
            for (PageInfo page : source.pages(group, leaf).pages()) {
                if (page.numValues() > MAX_VALUES) {
                    return null;
                }
            }
            return source.triplets(group, leaf);
        } catch (MalformedFile e) {
            return null;
        }
    }

    private static Triplets joined(List<Triplets> parts) {
        int count = parts.stream().mapToInt(Triplets::count).sum();
        int[] repetition = new int[count];
        int[] definition = new int[count];
        Values.Builder values = new Values.Builder(count);
        int at = 0;
        for (Triplets part : parts) {
            System.arraycopy(part.repetitionLevels(), 0, repetition, at, part.count());
            System.arraycopy(part.definitionLevels(), 0, definition, at, part.count());
            values.addAll(part.values());
            at += part.count();
        }
        return new Triplets(repetition, definition, values.build());
    }
}

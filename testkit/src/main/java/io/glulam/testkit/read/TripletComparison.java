package io.glulam.testkit.read;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Compares two files level by level and value bytes by value bytes, whatever their row groups, pages and encodings. */
public final class TripletComparison {
    private TripletComparison() {}

    /** The first difference in words, column by column; empty if there is none. */
    public static Optional<String> firstDifference(Path a, Path b) {
        try (ParquetFile fileA = ParquetFile.open(a);
                ParquetFile fileB = ParquetFile.open(b)) {
            return firstDifference(fileA, fileB);
        }
    }

    public static Optional<String> firstDifference(ParquetFile a, ParquetFile b) {
        return firstDifference(a, IntStream.range(0, a.rowGroups()).toArray(), b);
    }

    /**
     * As above, with the row groups of {@code a} taken in a given order (as {@code --order healthy-first} does).
     *
     * @param order a permutation of the row group numbers of {@code a}
     */
    public static Optional<String> firstDifference(ParquetFile a, int[] order, ParquetFile b) {
        checkPermutation(order, a.rowGroups());
        return firstDifferenceOfSome(a, order, b);
    }

    /**
     * As above, with some row groups of {@code a}, one after the other.
     *
     * @param groups row group numbers of {@code a}, which may be left out and named again
     */
    public static Optional<String> firstDifferenceOfSome(ParquetFile a, int[] groups, ParquetFile b) {
        List<String> pathsA = a.leaves().stream().map(LeafColumn::dottedPath).toList();
        List<String> pathsB = b.leaves().stream().map(LeafColumn::dottedPath).toList();
        if (!pathsA.equals(pathsB)) {
            return Optional.of("leaves " + pathsA + " against " + pathsB);
        }
        int[] orderB = IntStream.range(0, b.rowGroups()).toArray();
        for (LeafColumn leaf : a.leaves()) {
            LeafColumn leafB = b.leaves().get(leaf.index());
            if (leaf.element().getType() != leafB.element().getType()
                    || leaf.maxDefinitionLevel() != leafB.maxDefinitionLevel()
                    || leaf.maxRepetitionLevel() != leafB.maxRepetitionLevel()) {
                return Optional.of("column " + leaf.dottedPath() + ": type or levels differ");
            }
            Optional<String> difference = firstDifference(
                    new ColumnCursor(a, leaf.index(), groups), new ColumnCursor(b, leaf.index(), orderB));
            if (difference.isPresent()) {
                return difference.map(text -> "column " + leaf.dottedPath() + ", " + text);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> firstDifference(ColumnCursor a, ColumnCursor b) {
        long row = -1;
        for (long position = 0; ; position++) {
            boolean more = a.advance();
            if (more != b.advance()) {
                return Optional.of("the " + (more ? "second" : "first") + " ends after " + position + " values");
            }
            if (!more) {
                return Optional.empty();
            }
            row += a.repetitionLevel() == 0 ? 1 : 0;
            if (a.repetitionLevel() != b.repetitionLevel()) {
                return Optional.of(place(row, position) + "repetition level " + a.repetitionLevel() + " against "
                        + b.repetitionLevel());
            }
            if (a.definitionLevel() != b.definitionLevel()) {
                return Optional.of(place(row, position) + "definition level " + a.definitionLevel() + " against "
                        + b.definitionLevel());
            }
            if (a.hasValue() && !a.sameValueAs(b)) {
                return Optional.of(place(row, position) + "value " + hex(a) + " against " + hex(b));
            }
        }
    }

    private static String place(long row, long position) {
        return "row " + row + " (value " + position + "): ";
    }

    private static String hex(ColumnCursor cursor) {
        byte[] value = cursor.value();
        int shown = Math.min(value.length, 64);
        return "0x" + HexFormat.of().formatHex(value, 0, shown) + (shown < value.length ? "…" : "");
    }

    private static void checkPermutation(int[] order, int rowGroups) {
        if (!java.util.Arrays.equals(
                IntStream.of(order).sorted().toArray(),
                IntStream.range(0, rowGroups).toArray())) {
            throw new IllegalArgumentException("not a permutation of " + rowGroups + " row groups");
        }
    }
}

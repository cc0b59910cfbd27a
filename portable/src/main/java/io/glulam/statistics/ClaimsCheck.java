package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.statistics.Doubts.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Holds all that is told of a column chunk against each other and against what was counted. A struct that contradicts
 * itself, the schema or a count is not believed, with all of its fields; of two structs that contradict each other,
 * neither is. What page headers say is a witness only: no reader skips by it, so nothing of it is carried on.
 *
 * <p>Some writers leave the nulls of lists and structs around a value out of their null counts; of such columns a null
 * count may be less than the definition levels tell, never more. Used once.
 */
public final class ClaimsCheck {
    private final Leaf leaf;
    private final ValueOrder order;
    private final ChunkClaims claims;
    private final @Nullable Statistics statistics;
    private final boolean usesBounds;
    private final boolean usesDeprecatedBounds;
    private final Doubts doubts = new Doubts();

    private ClaimsCheck(Leaf leaf, WriterTrust trust, ChunkClaims claims) {
        this.leaf = leaf;
        this.order = ValueOrder.of(leaf);
        this.claims = claims;
        this.statistics = trust.meant(claims.statistics(), claims.pages().size());
        this.usesBounds = order.isDefined() && trust.trustsBounds(leaf);
        this.usesDeprecatedBounds = order.isDefined() && trust.trustsDeprecatedBounds(leaf);
    }

    /**
     * Decides what of the claims is believed.
     *
     * @param trust the chunk's writer
     */
    public static BelievedClaims check(Leaf leaf, WriterTrust trust, ChunkClaims claims) {
        return new ClaimsCheck(leaf, trust, claims).believed();
    }

    private BelievedClaims believed() {
        SizeStatistics sizes = claims.sizes();
        ColumnIndex index = claims.columnIndex();
        BoundsCheck bounds = new BoundsCheck(leaf, doubts);
        if (statistics != null) {
            checkStatistics(statistics, bounds);
        }
        if (sizes != null) {
            checkSizes(sizes);
        }
        if (index != null) {
            new PageIndexCheck(leaf, claims, index, doubts).check();
        }
        new NullsCheck(leaf, claims, statistics, doubts).check();
        bounds.checkPages(statistics, index, claims.pages(), usesBounds, usesDeprecatedBounds);
        return new BelievedClaims(
                doubts.contains(Struct.STATISTICS) ? countedOnly() : confirmed(),
                doubts.contains(Struct.SIZES) ? null : sizes,
                doubts.contains(Struct.COLUMN_INDEX) ? null : index,
                doubts.list());
    }

    /**
     * That all values are null is believed only if they were counted: readers would skip the others. Nothing is left
     * then, since some readers take an absent null count for 0.
     */
    private @Nullable Statistics confirmed() {
        boolean unconfirmed =
                statistics != null && statistics.nullCount() == claims.valueCount() && claims.countedNulls(leaf) < 0;
        return unconfirmed ? null : statistics;
    }

    private @Nullable Statistics countedOnly() {
        long nulls = claims.countedNulls(leaf);
        return nulls < 0 || leaf.maxDefinitionLevel() == 0 ? null : Statistics.NONE.withNullCount(nulls);
    }

    @SuppressWarnings("ReferenceEquality") // Bounds that are the same array need one check.
    private void checkStatistics(Statistics stated, BoundsCheck bounds) {
        long values = claims.valueCount();
        long nulls = stated.nullCount();
        doubts.addIf(nulls > values, Struct.STATISTICS, "null_count is larger than the number of values");
        doubts.addIf(
                order.isFloatingPoint() && stated.nanCount() > values - Math.max(0, nulls),
                Struct.STATISTICS,
                "nan_count is larger than the number of values that are not null");
        byte[] min = usesBounds ? stated.minValue() : null;
        byte[] max = usesBounds ? stated.maxValue() : null;
        bounds.checkPair(min, max, Struct.STATISTICS, "min_value and max_value");
        byte[] oldMin = usesDeprecatedBounds ? stated.min() : null;
        byte[] oldMax = usesDeprecatedBounds ? stated.max() : null;
        if (oldMin != min || oldMax != max || doubts.contains(Struct.STATISTICS)) {
            bounds.checkPair(oldMin, oldMax, Struct.STATISTICS, "min and max");
        }
        boolean bounded = min != null || max != null || oldMin != null || oldMax != null;
        doubts.addIf(bounded && nulls == values, Struct.STATISTICS, "it bounds values where all are null");
        doubts.addIf(
                isOther(min, oldMin) || isOther(max, oldMax),
                Struct.STATISTICS,
                "min_value and max_value are not min and max");
    }

    @SuppressWarnings("ReferenceEquality") // An array is itself; others are compared.
    private boolean isOther(byte @Nullable [] bound, byte @Nullable [] deprecated) {
        return bound != null
                && deprecated != null
                && bound != deprecated
                && order.isBound(bound)
                && order.isBound(deprecated)
                && order.compare(bound, deprecated) != 0;
    }

    private void checkSizes(SizeStatistics sizes) {
        checkHistogram(sizes.repetitionLevels(), leaf.maxRepetitionLevel(), "repetition");
        checkHistogram(sizes.definitionLevels(), leaf.maxDefinitionLevel(), "definition");
        doubts.addIf(
                sizes.repetitionLevels().length > 0 && sizes.repetitionLevels()[0] != claims.rowCount(),
                Struct.SIZES,
                "its repetition level histogram has another number of rows than the row group");
        OffsetIndex offsets = claims.offsetIndex();
        if (offsets != null && leaf.type() == PhysicalType.BYTE_ARRAY) {
            long ofPages =
                    offsets.unencodedByteArrayBytes().length == 0 ? -1 : Sum.of(offsets.unencodedByteArrayBytes());
            long ofChunk = sizes.unencodedByteArrayBytes();
            doubts.addIf(
                    ofPages >= 0 && ofChunk >= 0 && ofPages != ofChunk,
                    Struct.SIZES,
                    "unencoded_byte_array_data_bytes is not the sum of the offset index's");
        }
    }

    private void checkHistogram(long[] histogram, int maxLevel, String kind) {
        doubts.addIf(
                histogram.length > 0 && !Histograms.counts(histogram, maxLevel + 1, claims.valueCount()),
                Struct.SIZES,
                "a " + kind + " level histogram does not add up to the number of values");
    }
}

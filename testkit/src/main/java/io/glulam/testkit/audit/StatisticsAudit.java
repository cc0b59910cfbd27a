package io.glulam.testkit.audit;

import io.glulam.testkit.lint.ChunkFacts;
import io.glulam.testkit.lint.Findings;
import io.glulam.testkit.lint.PageFacts;
import io.glulam.testkit.lint.Severity;
import io.glulam.testkit.lint.ValueOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;

/**
 * Statistics of a merged chunk or of one of its pages. Counts are exact or absent. Bounds come in pairs, contain every
 * value, and have the bits of the extreme value if they are called exact.
 */
final class StatisticsAudit {
    private final SchemaElement leaf;
    private final ValueOrder order;
    private final Findings findings;
    private final Severity severity;

    /** @param made whether a finding is an error; statistics of a page that was moved are the source's */
    StatisticsAudit(ChunkFacts chunk, Findings findings, boolean made) {
        this.leaf = chunk.leaf().element();
        this.order = chunk.order();
        this.findings = findings;
        this.severity = made ? Severity.ERROR : Severity.WARNING;
    }

    void check(String what, Statistics statistics, PageFacts facts) {
        require(
                !statistics.isSetNull_count() || statistics.getNull_count() == facts.nulls,
                what + " null_count is " + statistics.getNull_count() + ", should be " + facts.nulls);
        require(
                !statistics.isSetNan_count() || order.isFloating() && statistics.getNan_count() == facts.nans,
                what + " nan_count is " + statistics.getNan_count() + ", should be " + facts.nans);
        byte[] min = statistics.getMin_value();
        byte[] max = statistics.getMax_value();
        require((min == null) == (max == null), what + " has one bound of two");
        checkPair(what, min, max, facts);
        if (min != null && max != null) {
            checkExact(what + " min_value", min, facts.min, statistics.isIs_min_value_exact(), facts);
            checkExact(what + " max_value", max, facts.max, statistics.isIs_max_value_exact(), facts);
        } else {
            require(
                    !statistics.isSetIs_min_value_exact() && !statistics.isSetIs_max_value_exact(),
                    what + " has exactness without bounds");
        }
        checkDeprecated(what + " deprecated", statistics.getMin(), statistics.getMax(), facts);
    }

    private void checkDeprecated(String what, byte[] min, byte[] max, PageFacts facts) {
        require((min == null) == (max == null), what + " has one bound of two");
        require(min == null || order.isSigned(), what + " bounds in an order that is not signed");
        checkPair(what, min, max, facts);
    }

    /** Either may be null. */
    void checkPair(String what, byte[] min, byte[] max, PageFacts facts) {
        if (min == null || max == null) {
            return;
        }
        if (order == ValueOrder.NONE) {
            require(false, what + " bounds without an order");
            return;
        }
        if (!order.accepts(min, leaf) || !order.accepts(max, leaf)) {
            require(false, what + " bounds of " + min.length + " and " + max.length + " bytes");
            return;
        }
        if (facts.min == null) {
            require(
                    facts.allNaN() && order == ValueOrder.FLOATING_TOTAL,
                    what + (facts.allNaN() ? " bounds where all is NaN" : " bounds where there is nothing to bound"));
            return;
        }
        require(!order.isNaN(min) && !order.isNaN(max), what + " bound is NaN");
        require(
                order.compare(min, facts.min) <= 0,
                what + " min " + hex(min) + " is above the value " + hex(facts.min));
        require(
                order.compare(max, facts.max) >= 0,
                what + " max " + hex(max) + " is below the value " + hex(facts.max));
    }

    /** Of zero, the bound of a page is −0 below and +0 above, whatever the values' signs: readers may ask for either. */
    void checkZeros(String what, byte[] min, byte[] max) {
        if (order.accepts(min, leaf) && order.accepts(max, leaf)) {
            require(!order.isZero(min) || min[min.length - 1] != 0, what + " min is +0");
            require(!order.isZero(max) || max[max.length - 1] == 0, what + " max is −0");
        }
    }

    private void checkExact(String what, byte[] bound, byte[] extreme, boolean exact, PageFacts facts) {
        if (!exact || extreme == null || !order.accepts(bound, leaf)) {
            return;
        }
        // Decimals of variable length may be padded: there, the same number is the same bound.
        // Of values of both zeros either is the least and the greatest one.
        boolean met = order == ValueOrder.DECIMAL_BYTES || order.isZero(bound) && facts.hasZero(bound)
                ? order.compare(bound, extreme) == 0
                : Arrays.equals(bound, extreme);
        require(met, what + " " + hex(bound) + " is called exact, but the value is " + hex(extreme));
    }

    private void require(boolean good, String message) {
        if (!good) {
            findings.add(severity, message);
        }
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 40));
    }
}

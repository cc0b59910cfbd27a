package io.glulam.testkit.lint;

import java.util.HexFormat;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;

/** Statistics of chunks and pages: counts are right, bounds contain the values and are met where they say so. */
final class BoundsLint {
    private final SchemaElement leaf;
    private final ValueOrder order;
    private final Severity severity;
    private final Findings findings;

    BoundsLint(ChunkFacts chunk, Findings findings) {
        this.leaf = chunk.leaf().element();
        this.order = chunk.order();
        // Without a declared order readers ignore the bounds; false ones are not dangerous yet.
        this.severity = chunk.trusted() ? Severity.ERROR : Severity.WARNING;
        this.findings = findings;
    }

    void check(String what, Statistics statistics, PageFacts facts) {
        if (statistics.isSetNull_count()) {
            findings.errorUnlessEqual(what + " null_count", statistics.getNull_count(), facts.nulls);
        }
        if (statistics.isSetNan_count() && order.isFloating()) {
            findings.errorUnlessEqual(what + " nan_count", statistics.getNan_count(), facts.nans);
        }
        if (statistics.isSetMin_value() || statistics.isSetMax_value()) {
            checkBounds(what, statistics.getMin_value(), statistics.getMax_value(), facts, severity);
            if (statistics.isIs_min_value_exact()) {
                checkMet(what + " min_value", statistics.getMin_value(), facts.min);
            }
            if (statistics.isIs_max_value_exact()) {
                checkMet(what + " max_value", statistics.getMax_value(), facts.max);
            }
        }
        if (order.isSigned()) {
            checkBounds(what + " deprecated", statistics.getMin(), statistics.getMax(), facts, Severity.ERROR);
        }
    }

    /** Checks one pair of bounds; either may be null for absent. */
    void checkBounds(String what, byte[] min, byte[] max, PageFacts facts, Severity severity) {
        if (order == ValueOrder.NONE || facts.min == null) {
            return;
        }
        if (usable(what + " min", min) && order.compare(min, facts.min) > 0) {
            findings.add(severity, what + " min " + hex(min) + " is above the value " + hex(facts.min));
        }
        if (usable(what + " max", max) && order.compare(max, facts.max) < 0) {
            findings.add(severity, what + " max " + hex(max) + " is below the value " + hex(facts.max));
        }
    }

    void checkBounds(String what, byte[] min, byte[] max, PageFacts facts) {
        checkBounds(what, min, max, facts, severity);
    }

    private boolean usable(String what, byte[] bound) {
        if (bound == null) {
            return false;
        }
        if (!order.accepts(bound, leaf)) {
            findings.error(what + " has " + bound.length + " bytes");
            return false;
        }
        if (order.isNaN(bound)) {
            findings.warning(what + " is NaN");
            return false;
        }
        return true;
    }

    private void checkMet(String what, byte[] bound, byte[] extreme) {
        if (bound == null || order == ValueOrder.NONE || extreme == null || !order.accepts(bound, leaf)) {
            return;
        }
        if (!order.isNaN(bound) && order.compare(bound, extreme) != 0) {
            findings.add(severity, what + " " + hex(bound) + " is called exact, but the value is " + hex(extreme));
        }
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 40));
    }
}

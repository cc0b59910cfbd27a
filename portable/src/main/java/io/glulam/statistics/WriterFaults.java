package io.glulam.statistics;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which writer has which {@link WriterFault}. */
final class WriterFaults {
    private static final Pattern CDH = Pattern.compile("cdh(\\d{1,9})\\.(\\d{1,9})(?:\\..*)?(?:-.*)?");

    private WriterFaults() {}

    static Set<WriterFault> of(WriterFamily family, WriterVersion version) {
        Set<WriterFault> faults = EnumSet.noneOf(WriterFault.class);
        if (!version.wellFormed()) {
            // Named otherwise than the specification recommends, or not at all: it may be a parquet-mr of that time.
            addUnlessDistinct(family, faults);
        } else if (version.application().equals("parquet-mr")) {
            addParquetMr(version, faults);
        }
        addDecimals(family, version, faults);
        if (family == WriterFamily.ARROW_RS && version.isUnknownOrBefore(13, 0, 0)) {
            faults.add(WriterFault.UNSIGNED_BOUNDS);
        }
        if (family == WriterFamily.ARROW_CPP) {
            faults.add(WriterFault.FLOAT16_BOUNDS);
        }
        if (family == WriterFamily.HYPARQUET) {
            faults.add(WriterFault.INT32_DECIMAL_BOUNDS);
        }
        if (family == WriterFamily.POLARS) {
            faults.add(WriterFault.MULTIPLIED_NULL_COUNTS);
        }
        if (leavesOutNullCounts(family, version)) {
            faults.add(WriterFault.ABSENT_NULL_COUNT_OF_ZERO);
        }
        return faults;
    }

    private static boolean leavesOutNullCounts(WriterFamily family, WriterVersion version) {
        boolean dataFusion = version.application().toLowerCase(Locale.ROOT).startsWith("datafusion");
        return family == WriterFamily.ARROW_RS
                && (dataFusion ? version.isBefore(42, 1, 0) : version.isBefore(53, 1, 0));
    }

    private static void addUnlessDistinct(WriterFamily family, Set<WriterFault> faults) {
        switch (family) {
            case DUCKDB, POLARS, ARROW_CPP, PARQUET_GO -> {
                // These never were parquet-mr, whatever the form of their names.
            }
            default -> {
                faults.add(WriterFault.BINARY_BOUNDS);
                faults.add(WriterFault.DELTA_BYTE_ARRAY_PAGES);
            }
        }
    }

    private static void addParquetMr(WriterVersion version, Set<WriterFault> faults) {
        boolean old = version.isUnknownOrBefore(1, 8, 0);
        if (old) {
            faults.add(WriterFault.DELTA_BYTE_ARRAY_PAGES);
            if (!isCdhBackport(version)) {
                faults.add(WriterFault.BINARY_BOUNDS);
            }
        }
        if (version.isUnknownOrBefore(1, 2, 9)) {
            faults.add(WriterFault.CHUNK_SIZES);
        }
    }

    /** CDH from 5.5 on carries the repair of PARQUET-251 in its 1.5.0, but not that of PARQUET-246. */
    private static boolean isCdhBackport(WriterVersion version) {
        if (!version.isAt(1, 5, 0) || !version.unknown().isEmpty() || version.suffix() == null) {
            return false;
        }
        Matcher cdh = CDH.matcher(version.suffix());
        if (!cdh.matches()) {
            return false;
        }
        int major = Integer.parseInt(cdh.group(1));
        return major > 5 || major == 5 && Integer.parseInt(cdh.group(2)) >= 5;
    }

    private static void addDecimals(WriterFamily family, WriterVersion version, Set<WriterFault> faults) {
        boolean fixed = switch (family) {
            case PARQUET_CPP, PARQUET_GO -> true;
            case ARROW_CPP -> version.application().equals("parquet-cpp-arrow") && version.isUnknownOrBefore(4, 0, 0);
            case ARROW_RS -> version.isUnknownOrBefore(13, 0, 0);
            default -> false;
        };
        if (fixed) {
            faults.add(WriterFault.FIXED_DECIMAL_BOUNDS);
        }
        if (fixed || family == WriterFamily.ARROW_RS) {
            faults.add(WriterFault.VARIABLE_DECIMAL_BOUNDS);
        }
    }
}

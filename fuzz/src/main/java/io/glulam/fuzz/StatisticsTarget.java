package io.glulam.fuzz;

import io.glulam.error.GlulamException;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.format.Statistics;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.page.PageHeader;
import io.glulam.statistics.StatisticsMerger;
import io.glulam.statistics.ValueOrder;
import io.glulam.statistics.WriterTrust;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of parts, merged: true ones of drawn values give true ones of all values, bytes of anybody's give none that
 * contradict themselves.
 */
public final class StatisticsTarget {
    private static final SortOrder[] ORDERS = SortOrder.values();

    private StatisticsTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Draws draws = new Draws(input);
        Leaf leaf = leaf(draws);
        WriterTrust trust = WriterTrust.of("glulam-fuzz version 1.0.0");
        StatisticsMerger merger = new StatisticsMerger(leaf);
        if (draws.nextInt(4) == 0) {
            foreign(merger, trust, draws);
            return;
        }
        List<byte[]> all = new ArrayList<>();
        long nulls = 0;
        int parts = 1 + draws.nextInt(4);
        for (int i = 0; i < parts; i++) {
            List<byte[]> values = new ArrayList<>();
            int count = draws.nextInt(5);
            for (int v = 0; v < count; v++) {
                values.add(value(leaf, draws));
            }
            int partNulls = draws.nextInt(3);
            merger.add(statistics(leaf, values, partNulls, draws), trust, values.size() + (long) partNulls);
            all.addAll(values);
            nulls += partNulls;
        }
        check(leaf, merger.merged(), all, nulls);
    }

    private static void foreign(StatisticsMerger merger, WriterTrust trust, Draws draws) {
        int values = draws.nextInt(100);
        byte[] bytes = draws.rest();
        Forms.check(bytes, StatisticsTarget::read);
        try {
            merger.add(Statistics.read(new ThriftReader(bytes, 0, bytes.length, 0)), trust, values);
            merger.merged();
        } catch (GlulamException refused) {
            return;
        }
    }

    static boolean read(byte[] bytes) {
        ThriftReader in = new ThriftReader(bytes, 0, bytes.length, 0);
        Statistics statistics;
        try {
            statistics = Statistics.read(in);
        } catch (GlulamException refused) {
            return false;
        }
        ThriftWriter out = new ThriftWriter(64);
        statistics.write(out);
        compare(statistics, out.toByteArray());
        return compare(statistics, Arrays.copyOf(bytes, in.position()));
    }

    /** Statistics stand alone in no file: the reference implementation reads them in a page's header. */
    private static boolean compare(Statistics statistics, byte[] bytes) {
        ThriftWriter out = new ThriftWriter(64);
        PageHeader.dataPage(0, 0, 0, 0).write(out);
        byte[] header = out.toByteArray();
        byte[] field = {(byte) (1 << 4 | ThriftReader.STRUCT)};
        byte[] end = {ThriftReader.STOP, ThriftReader.STOP};
        // Both structs of the header end where its two last bytes stop them.
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(header, 0, header.length - end.length);
        whole.writeBytes(field);
        whole.writeBytes(bytes);
        whole.writeBytes(end);
        var reference = Reference.read(whole.toByteArray(), Util::readPageHeader);
        if (reference != null) {
            ReferencePages.compare(
                    statistics, reference.struct().getData_page_header().getStatistics());
        }
        return reference != null;
    }

    private static Leaf leaf(Draws draws) {
        SortOrder order = ORDERS[draws.nextInt(ORDERS.length)];
        PhysicalType type = switch (order) {
            case INT32_SIGNED, INT32_UNSIGNED -> PhysicalType.INT32;
            case INT64_SIGNED, INT64_UNSIGNED -> PhysicalType.INT64;
            case FLOAT, FLOAT_TOTAL -> PhysicalType.FLOAT;
            case DOUBLE, DOUBLE_TOTAL -> PhysicalType.DOUBLE;
            case BOOLEAN -> PhysicalType.BOOLEAN;
            case FLOAT16, FLOAT16_TOTAL -> PhysicalType.FIXED_LEN_BYTE_ARRAY;
            default -> PhysicalType.BYTE_ARRAY;
        };
        int length = type == PhysicalType.FIXED_LEN_BYTE_ARRAY ? 2 : 0;
        return new Leaf(0, List.of("x"), type, length, 0, 1, order);
    }

    private static byte[] value(Leaf leaf, Draws draws) {
        if (leaf.type() == PhysicalType.BYTE_ARRAY) {
            // A decimal without a byte is no value.
            byte[] value = new byte[draws.nextInt(4) + (leaf.order() == SortOrder.DECIMAL_BINARY ? 1 : 0)];
            for (int i = 0; i < value.length; i++) {
                value[i] = (byte) draws.nextInt(256);
            }
            return value;
        } else if (leaf.type() == PhysicalType.BOOLEAN) {
            return new byte[] {(byte) draws.nextInt(2)};
        }
        ByteBuffer value = ByteBuffer.allocate(leaf.valueWidth()).order(ByteOrder.LITTLE_ENDIAN);
        double[] special = {0.0, -0.0, Double.NaN, 1, -1, Double.POSITIVE_INFINITY};
        double number = special[draws.nextInt(special.length)];
        switch (leaf.type()) {
            case FLOAT -> value.putFloat((float) number);
            case DOUBLE -> value.putDouble(number);
            default -> {
                while (value.hasRemaining()) {
                    value.put((byte) draws.nextInt(256));
                }
            }
        }
        return value.array();
    }

    /** True of the values; wider or absent as drawn. */
    private static Statistics statistics(Leaf leaf, List<byte[]> values, int nulls, Draws draws) {
        ValueOrder order = ValueOrder.of(leaf);
        byte[] min = null;
        byte[] max = null;
        for (byte[] value : values) {
            if (order.isDefined() && !order.isNaN(value)) {
                min = min == null || order.compare(value, min) < 0 ? value : min;
                max = max == null || order.compare(value, max) > 0 ? value : max;
            }
        }
        long nans = values.stream().filter(order::isNaN).count();
        boolean bounds = draws.nextInt(4) > 0;
        Boolean exact = draws.nextInt(3) == 0 ? null : Boolean.TRUE;
        return new Statistics(
                null,
                null,
                draws.nextInt(4) == 0 ? -1 : nulls,
                -1,
                bounds ? max : null,
                bounds ? min : null,
                bounds ? exact : null,
                bounds ? exact : null,
                draws.nextBoolean() ? nans : -1);
    }

    private static void check(Leaf leaf, @Nullable Statistics merged, List<byte[]> values, long nulls) {
        if (merged == null) {
            return;
        }
        ValueOrder order = ValueOrder.of(leaf);
        if (merged.nullCount() >= 0 && merged.nullCount() != nulls) {
            throw new Mismatch("null_count " + merged.nullCount() + " of " + nulls);
        }
        byte[] min = merged.minValue();
        byte[] max = merged.maxValue();
        for (byte[] value : values) {
            boolean outside = min != null
                    && max != null
                    && !order.isNaN(value)
                    && (order.isNaN(min) || order.compare(min, value) > 0 || order.compare(max, value) < 0);
            if (outside) {
                throw new Mismatch("bounds of " + leaf.order() + " leave a value out");
            }
        }
    }
}

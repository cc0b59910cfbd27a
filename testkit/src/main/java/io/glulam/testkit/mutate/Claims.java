package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/** Changes of generated Thrift objects and of stretches of columns. */
final class Claims {
    private Claims() {}

    static void change(Statistics statistics, Random random) {
        Statistics changed = mutated(statistics, random);
        statistics.clear();
        copy(changed, statistics);
    }

    private static void copy(Statistics from, Statistics to) {
        for (Statistics._Fields field : Statistics._Fields.values()) {
            if (from.isSet(field)) {
                to.setFieldValue(field, from.getFieldValue(field));
            }
        }
    }

    static void change(SizeStatistics statistics, Random random) {
        SizeStatistics changed = mutated(statistics, random);
        statistics.clear();
        for (SizeStatistics._Fields field : SizeStatistics._Fields.values()) {
            if (changed.isSet(field)) {
                statistics.setFieldValue(field, changed.getFieldValue(field));
            }
        }
    }

    /** The object with one field changed; the object itself where that leaves none of its kind. */
    static <T extends TBase<T, ?>> T mutated(T object, Random random) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            object.write(new TCompactProtocol(new TIOStreamTransport(out)));
            T changed = object.deepCopy();
            changed.clear();
            byte[] bytes = ThriftMutator.mutate(out.toByteArray(), random);
            changed.read(new TCompactProtocol(new TIOStreamTransport(new ByteArrayInputStream(bytes))));
            return changed;
        } catch (TException | RuntimeException e) {
            return object;
        }
    }

    static Triplets joined(Triplets first, Triplets second) {
        int[] repetition = Arrays.copyOf(first.repetitionLevels(), first.count() + second.count());
        int[] definition = Arrays.copyOf(first.definitionLevels(), first.count() + second.count());
        System.arraycopy(second.repetitionLevels(), 0, repetition, first.count(), second.count());
        System.arraycopy(second.definitionLevels(), 0, definition, first.count(), second.count());
        Values values = new Values.Builder(0)
                .addAll(first.values())
                .addAll(second.values())
                .build();
        return new Triplets(repetition, definition, values);
    }

    /** The triplets {@code [from, to)} of a leaf. */
    static Triplets part(FileScript file, int leaf, Triplets all, int from, int to) {
        int max = file.leaves().get(leaf).maxDefinitionLevel();
        int before = present(all.definitionLevels(), 0, from, max);
        int count = present(all.definitionLevels(), from, to, max);
        return new Triplets(
                Arrays.copyOfRange(all.repetitionLevels(), from, to),
                Arrays.copyOfRange(all.definitionLevels(), from, to),
                Lie.values(all.values(), before, before + count));
    }

    private static int present(int[] levels, int from, int to, int max) {
        return (int)
                Arrays.stream(levels, from, to).filter(level -> level == max).count();
    }
}

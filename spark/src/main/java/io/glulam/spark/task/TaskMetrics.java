package io.glulam.spark.task;

import io.glulam.tables.TableReport.MovedBytes;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * Sums that Spark's user interface shows beside each stage. Attempts that ran twice count twice there; reports count results.
 *
 * @param sources number of files that were read
 * @param moved bytes of outputs that were kept or joined as they were
 * @param remapped bytes of outputs of which dictionary indexes were renumbered
 * @param recoded bytes of outputs that were decompressed, or decoded and encoded
 */
record TaskMetrics(LongAccumulator sources, LongAccumulator moved, LongAccumulator remapped, LongAccumulator recoded)
        implements Serializable {
    static TaskMetrics of(SparkContext context) {
        return new TaskMetrics(
                context.longAccumulator("glulam: files read"),
                context.longAccumulator("glulam: bytes moved as they were"),
                context.longAccumulator("glulam: bytes remapped"),
                context.longAccumulator("glulam: bytes recoded"));
    }

    void add(int files, MovedBytes bytes) {
        sources.add(files);
        moved.add(bytes.moved());
        remapped.add(bytes.remapped());
        recoded.add(bytes.recoded());
    }
}

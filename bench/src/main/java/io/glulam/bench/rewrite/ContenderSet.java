package io.glulam.bench.rewrite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Contenders that aim at the same: an effort of ours and those whom it is measured by.
 *
 * @param contenders in the order of the table
 * @param baselines those of the contenders whom the others are compared with
 */
public record ContenderSet(List<Contender> contenders, List<Baseline> baselines) {
    /** As fast as a copy, with the codec of the file. */
    public static ContenderSet copy(Rivals rivals, Path root, List<String> options) {
        List<Contender> contenders = new ArrayList<>(
                List.of(Contender.COPY, Contender.COPY_AND_SYNC, Contender.glulam(root, "copy", options)));
        rivals.add(contenders, Contender.DUCKDB_SNAPPY, Contender.PARQUET_JAVA_SNAPPY);
        rivals.addPolars(contenders, root, "snappy");
        return new ContenderSet(
                contenders,
                List.of(Baseline.timesAsLong(Contender.COPY_AND_SYNC), Baseline.timesAsFast(Contender.DUCKDB_SNAPPY)));
    }

    /** As small as a full rewrite with the codec of the file, and faster. */
    public static ContenderSet balanced(Rivals rivals, Path root, List<String> options) {
        List<Contender> contenders = new ArrayList<>(List.of(Contender.glulam(root, "balanced", options)));
        rivals.add(contenders, Contender.DUCKDB_SNAPPY);
        return new ContenderSet(contenders, List.of(Baseline.timesAsFast(Contender.DUCKDB_SNAPPY)));
    }

    /** As small as can be. */
    public static ContenderSet smallest(Rivals rivals, Path root, List<String> options) {
        List<Contender> contenders = new ArrayList<>(List.of(Contender.glulam(root, "smallest", options)));
        rivals.add(contenders, Contender.DUCKDB_V2_ZSTD, Contender.DUCKDB_V1_ZSTD, Contender.PARQUET_JAVA_V2_ZSTD);
        rivals.addPolars(contenders, root, "zstd");
        return new ContenderSet(contenders, List.of(Baseline.timesAsFast(Contender.DUCKDB_V2_ZSTD)));
    }
}

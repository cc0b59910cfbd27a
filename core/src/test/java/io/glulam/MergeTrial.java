package io.glulam;

import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.testkit.generate.DuckDbFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Files of a folder that tests merge into others of it. */
record MergeTrial(Path folder) {
    static Merger merger() {
        return new Merger(MergeOptions.defaults());
    }

    static FoundInputs objects(Path... files) {
        return FoundInputs.of(Arrays.stream(files)
                .map(file -> new Candidate(LocalStore.object(file), ""))
                .toList());
    }

    /** Has DuckDB write a file of row groups of 2,048 rows. */
    Path duck(String name, String query, String options) throws IOException {
        return DuckDbFiles.write(query, 2048, options, folder.resolve(name));
    }

    MergeReport merge(Merger merger, Path... files) {
        return merger.merge(
                objects(files), (group, index) -> LocalStore.object(folder.resolve("merged-" + index + ".parquet")));
    }

    /** The first output. */
    Path merged() {
        return folder.resolve("merged-0.parquet");
    }
}

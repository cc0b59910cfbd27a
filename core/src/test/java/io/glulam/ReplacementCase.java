package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.inputs.InputFilter;
import io.glulam.inputs.InputFinder;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.oracle.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Folders of inputs and outputs for merges that delete their inputs: each input holds some of the numbers from 0 on. */
abstract class ReplacementCase {
    static final long TARGET = 200_000;

    @TempDir
    Path folder;

    final SettableClock clock = new SettableClock();
    Path in;
    Path out;

    @BeforeEach
    void makeFolders() throws IOException {
        in = Files.createDirectory(folder.toRealPath().resolve("in"));
        out = folder.toRealPath().resolve("out");
    }

    /** A new place for inputs and outputs. */
    void begin(String name) throws IOException {
        Path place = Files.createDirectory(folder.toRealPath().resolve(name));
        in = Files.createDirectory(place.resolve("in"));
        out = place.resolve("out");
    }

    Path numbers(String name, int from, int to) throws IOException {
        return DuckDbFiles.write(
                "SELECT i FROM range(" + from + ", " + to + ") t(i)",
                2048,
                "COMPRESSION uncompressed",
                in.resolve(name));
    }

    /** The inputs, read and deleted through a store. */
    FoundInputs found(ObjectStore store) {
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        finder.add(in.toString());
        FoundInputs found = finder.found();
        FoundInputs.Builder through = found.toBuilder();
        for (Candidate input : found.candidates()) {
            through.add(new Candidate(new ObjectRef(store, input.object().key()), input.group()));
        }
        return through.build();
    }

    FolderMerger merger(ObjectStore store) {
        MergeOptions options = MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults()
                        .withThreads(1)
                        .withSettings(Settings.defaults().withThreshold(new Threshold.Fixed(1000))))
                .withMaxFileBytes(TARGET);
        return new FolderMerger(options, new ObjectRef(store, out + "/")).by(clock);
    }

    MergeReport replace() {
        return merger(LocalStore.INSTANCE).replacing().merge(found(LocalStore.INSTANCE));
    }

    MergeReport replaceThrough(StepStore store) {
        return merger(store).replacing().merge(found(store));
    }

    static List<String> parquetIn(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    void assertNumbers(int to, String what) throws IOException {
        assertNumbers(to, what, out);
    }

    /** The numbers from 0 on are in the folders together, each once. */
    void assertNumbers(int to, String what, Path... places) throws IOException {
        Path expected = Files.createDirectories(folder.resolve("expected")).resolve(to + ".parquet");
        if (!Files.exists(expected)) {
            DuckDbFiles.write("SELECT i FROM range(" + to + ") t(i)", 2048, "COMPRESSION snappy", expected);
        }
        Path all = folder.resolve("all.parquet");
        Files.deleteIfExists(all);
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        for (Path place : places) {
            finder.add(place.toString());
        }
        FoundInputs found = finder.found();
        new Merger(MergeOptions.defaults()).merge(found, (group, index) -> LocalStore.object(all));
        Path only = Path.of(found.candidates().get(0).object().key());
        assertThat(DuckDb.firstDifferenceInAnyOrder(expected, Files.exists(all) ? all : only))
                .as(what)
                .isEmpty();
    }
}

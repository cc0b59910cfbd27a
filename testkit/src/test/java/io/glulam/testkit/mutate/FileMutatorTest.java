package io.glulam.testkit.mutate;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.lint.Linter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class FileMutatorTest {
    @TempDir
    private Path folder;

    static LongStream seeds() {
        return Seeds.stream();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameSeedGivesTheSameFile(long seed) {
        assertThat(FileMutator.of(seed, new Random(seed)).bytes())
                .isEqualTo(FileMutator.of(seed, new Random(seed)).bytes());
        byte[] file = NastyFiles.small(seed).script().bytes();
        assertThat(FileMutator.mutate(file, new Random(seed))).isEqualTo(FileMutator.mutate(file, new Random(seed)));
    }

    /** Each kind of lie is one: the linter finds something in most files that hold it and nothing else. */
    @ParameterizedTest
    @EnumSource(Lie.class)
    void aLieIsFound(Lie lie) throws IOException {
        int found = 0;
        for (long seed = 0; seed < 20; seed++) {
            var script = NastyFiles.small(seed).script();
            lie.tell(script, new Random(seed));
            Path file = Files.write(folder.resolve("lie.parquet"), script.bytes());
            found += Linter.check(file).isEmpty() ? 0 : 1;
        }
        assertThat(found)
                .as("of 20 files with %s, those in which the linter finds something", lie)
                .isPositive();
    }

    @Test
    void allLiesAreTold() {
        Set<Lie> told = EnumSet.noneOf(Lie.class);
        for (long seed = 0; seed < 400; seed++) {
            FileMutator.of(seed, new Random(seed)).lies().forEach(lie -> told.add(Lie.valueOf(lie)));
        }
        assertThat(told).containsExactlyInAnyOrder(Lie.values());
    }
}

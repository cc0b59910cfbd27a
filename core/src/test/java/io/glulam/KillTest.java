package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.Aftermath.FolderState;
import io.glulam.Aftermath.Mode;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.KillMoments;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.SchemaGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that is killed at any moment (SIGKILL) leaves the source whole, the output complete or absent and the backup
 * right, and the next run cleans up.
 *
 * <p>{@code -Dglulam.kills=N} sets how many times in each mode, {@code -Dglulam.kills.seed=S} at which moments.
 */
@Tag("once")
@Tag("kill")
class KillTest {
    private static final int KILLS = Integer.getInteger("glulam.kills", 8);

    private static final long SEED = Long.getLong("glulam.kills.seed", 1);

    /** Processes that warm up while another runs. */
    private static final int WAITING = 2;

    @TempDir
    Path temporary;

    private byte[] original;
    private byte[] compacted;
    private int started;

    @BeforeEach
    void makeFiles() throws IOException {
        Path source = temporary.resolve("source.parquet");
        Path output = temporary.resolve("output.parquet");
        FileRecipe recipe = FileRecipe.of(7, SchemaGenerator.flat(7));
        ParquetJavaFiles.write(recipe.withRows(5_000, 3_000, 8_000, 200, 5_000, 5_000), source);
        new Compactor(CompactionOptions.defaults()).run(Job.of(source, output));
        original = Files.readAllBytes(source);
        compacted = Files.readAllBytes(output);
    }

    /** A process and its folder. */
    private record Victim(WaitingCompaction process, Path folder, Path spools) {}

    private Victim start(Mode mode) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("run-" + started));
        Path spools = temporary.resolve("spools-" + started++);
        mode.prepare(folder, original);
        return new Victim(WaitingCompaction.start(mode, folder, spools), folder, spools);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLeftIsWholeAndTheNextRunCleansUp(Mode mode) throws Exception {
        KillMoments moments = new KillMoments(SEED + mode.ordinal(), duration(mode));
        int unpublished = 0;
        int unclean = 0;
        Deque<Victim> victims = new ArrayDeque<>();
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                while (victims.size() < WAITING) {
                    victims.add(start(mode));
                }
                Victim victim = victims.remove();
                victim.process().begin();
                victim.process().killAfter(moments.next());

                String what = "kill " + kill + " of " + mode;
                Aftermath aftermath = new Aftermath(mode, original, compacted);
                aftermath.assertWhole(FolderState.of(victim.folder()), what);
                boolean published = aftermath.isDone(FolderState.of(victim.folder()));
                moments.met(published);
                unpublished += published ? 0 : 1;
                unclean += hasTemporaryFile(victim.folder()) ? 1 : 0;
                aftermath.assertNextRun(victim.folder(), what);
                assertNoBytes(victim.spools());
            }
        } finally {
            for (Victim victim : victims) {
                victim.process().close();
            }
        }
        System.out.printf(
                "%s: killed %d times within %d ms, %d before publishing, %d leaving a temporary file%n",
                mode, KILLS, moments.longest() / 1_000_000, unpublished, unclean);
    }

    /** Nanoseconds of a run that is not killed. */
    private long duration(Mode mode) throws IOException, InterruptedException {
        Victim sound = start(mode);
        try (WaitingCompaction process = sound.process()) {
            process.begin();
            long start = System.nanoTime();
            process.awaitEnd();
            return System.nanoTime() - start;
        }
    }

    private static boolean hasTemporaryFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().contains(".glulam-"));
        }
    }

    /** Of temporary files elsewhere, at most an empty one stays. */
    private static void assertNoBytes(Path spools) throws IOException {
        try (Stream<Path> files = Files.list(spools)) {
            List<Path> left = files.filter(file -> file.getFileName().toString().endsWith(".spool"))
                    .toList();
            assertThat(left).allMatch(file -> file.toFile().length() == 0);
        }
    }
}

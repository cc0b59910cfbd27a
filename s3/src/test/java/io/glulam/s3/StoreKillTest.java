package io.glulam.s3;

import io.glulam.s3.StoreAftermath.Mode;
import io.glulam.testkit.generate.KillMoments;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that is killed at any moment (SIGKILL) while it compacts an object: the object is the old one or the new one,
 * the next run works, and {@code store clean} removes what is left.
 *
 * <p>{@code -Dglulam.kills=N} sets how many times in each mode, {@code -Dglulam.kills.seed=S} at which moments.
 */
@Tag("once")
@Tag("kill")
class StoreKillTest {
    private static final int KILLS = Integer.getInteger("glulam.kills", 8);
    private static final long SEED = Long.getLong("glulam.kills.seed", 1);
    private static final StoreRules RULES = StoreRules.S3.withSmallestPart(StoreAftermath.PART);

    /** Processes that warm up while another runs. */
    private static final int WAITING = 2;

    @TempDir
    private Path folder;

    /** A process that compacts one object to warm up, and the object of the tested store when the test tells it to. */
    private record Victim(Process process, BufferedReader output, StrictStore store) implements AutoCloseable {
        /** Arguments: mode, file of the object, endpoint. */
        public static void main(String[] arguments) throws IOException {
            Mode mode = Mode.valueOf(arguments[0]);
            try (StrictStore own = storeOf(Files.readAllBytes(Path.of(arguments[1])))) {
                mode.run(own.endpoint(), RULES);
            }
            System.out.println("ready");
            if (System.in.read() >= 0) {
                mode.run(URI.create(arguments[2]), RULES);
                System.out.println("done");
            }
        }

        private static StrictStore storeOf(byte[] object) {
            StrictStore store = StrictStore.start(RULES);
            store.put(StoreAftermath.KEY, Extents.of(object), Map.of());
            return store;
        }

        static Victim start(Mode mode, Path object) throws IOException {
            StrictStore store = storeOf(Files.readAllBytes(object));
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    Victim.class.getName(),
                    mode.name(),
                    object.toString(),
                    store.endpoint().toString());
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new Victim(process, process.inputReader(), store);
        }

        void begin() throws IOException {
            await("ready");
            process.outputWriter().write("go\n");
            process.outputWriter().flush();
        }

        void await(String expected) throws IOException {
            StringBuilder said = new StringBuilder();
            for (String line = output.readLine(); !expected.equals(line); line = output.readLine()) {
                said.append(line).append('\n');
                if (line == null) {
                    throw new IOException("the process ended early: " + said);
                }
            }
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
            store.awaitNoConnection();
        }

        /** The next run, in this process, keeps its connections: nothing waits for them. */
        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
            store.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theObjectIsWholeAndTheNextRunWorks(Mode mode) throws Exception {
        byte[] source = StoreAftermath.source(folder);
        StoreAftermath aftermath = new StoreAftermath(mode, source, StoreAftermath.compacted(mode, folder, source));
        int unpublished = 0;
        int uploads = 0;
        Path object = Files.write(folder.resolve("object.parquet"), source);
        KillMoments moments = new KillMoments(SEED + mode.ordinal(), duration(mode, object));
        Deque<Victim> victims = new ArrayDeque<>();
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                while (victims.size() < WAITING) {
                    victims.add(Victim.start(mode, object));
                }
                try (Victim victim = victims.remove()) {
                    victim.begin();
                    TimeUnit.NANOSECONDS.sleep(moments.next());
                    victim.kill();

                    String what = "kill " + kill + " of " + mode;
                    aftermath.assertWhole(victim.store(), what);
                    boolean published = aftermath.isDone(victim.store());
                    moments.met(published);
                    unpublished += published ? 0 : 1;
                    uploads += victim.store().uploads().size();
                    aftermath.assertNextRunAndCleaning(victim.store(), RULES, what);
                }
            }
        } finally {
            for (Victim victim : victims) {
                victim.close();
            }
        }
        System.out.printf(
                "%s: killed %d times, %d before publishing, leaving %d unfinished uploads%n",
                mode, KILLS, unpublished, uploads);
    }

    /** Nanoseconds of a run that is not killed. */
    private static long duration(Mode mode, Path object) throws Exception {
        try (Victim sound = Victim.start(mode, object)) {
            sound.begin();
            long start = System.nanoTime();
            sound.await("done");
            return System.nanoTime() - start;
        }
    }
}

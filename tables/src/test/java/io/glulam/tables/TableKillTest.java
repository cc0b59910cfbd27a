package io.glulam.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.KillMoments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A compaction that is killed (SIGKILL) while it plans, writes or commits leaves a table of the same rows, every file that
 * a state of the table has named, and nothing that hinders the next run.
 *
 * <p>{@code -Dglulam.kills=N} sets how many times for each format, {@code -Dglulam.kills.seed=S} at which moments.
 */
@Tag("once")
@Tag("kill")
class TableKillTest {
    private static final int KILLS = Integer.getInteger("glulam.kills", 2);
    private static final long SEED = Long.getLong("glulam.kills.seed", 1);
    private static final int WAITING = 2;

    @TempDir
    private Path folder;

    /** When a process is killed: within a span after it has told so. */
    private enum Phase {
        PLANNING("", 400),
        WRITING("planned", 400),
        COMMITTING("written 2 2", 800);

        private final String line;

        /** Of the phase, at first; later spans follow from what kills have met. */
        private final long nanos;

        Phase(String line, long millis) {
            this.line = line;
            this.nanos = millis * 1_000_000;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTableKeepsItsRowsAndFilesAndTheNextRunCompletes(SharedTable.Format format) throws Exception {
        Map<Phase, KillMoments> moments = new EnumMap<>(Phase.class);
        Set<Path> everNamed = new HashSet<>();
        int committed = 0;
        Deque<TableProcess> waiting = new ArrayDeque<>();
        try (SharedTable table = format.open(folder, true);
                Table opened = table.opened()) {
            for (int kill = 0; kill < KILLS; kill++) {
                long id = kill * 1_000L;
                table.append(id, 5);
                table.append(id + 100, 5);
                while (waiting.size() < Math.min(WAITING, KILLS - kill)) {
                    waiting.add(TableProcess.start("compact", format, folder, 0));
                }
                List<String> rows = table.rows();
                Set<Path> before = table.named();
                everNamed.addAll(before);
                Phase phase = Phase.values()[kill % Phase.values().length];
                TableProcess victim = waiting.remove();
                KillMoments when =
                        moments.computeIfAbsent(phase, absent -> new KillMoments(SEED + phase.ordinal(), phase.nanos));

                int left = orphans(table, everNamed).size();
                kill(victim, phase, when.next());

                boolean published = !table.named().equals(before);
                when.met(published
                        || phase == Phase.PLANNING && orphans(table, everNamed).size() > left);
                committed += published ? 1 : 0;
                assertWhole(table, rows, everNamed, "kill " + kill + " while " + phase);
                opened.compact(TableProcess.request(), TableListener.NONE);
                assertWhole(table, rows, everNamed, "the run after kill " + kill + " while " + phase);
                assertThat(table.named()).hasSize(2);
            }
            System.out.printf(
                    "%s: killed %d times, %d of them after the commit; %d files that no state has named: %s%n",
                    format,
                    KILLS,
                    committed,
                    orphans(table, everNamed).size(),
                    orphans(table, everNamed).stream()
                            .map(path -> path.getFileName().toString().replaceAll("[0-9a-f-]{8,}", "*"))
                            .collect(Collectors.groupingBy(name -> name, Collectors.counting())));
        } finally {
            for (TableProcess process : waiting) {
                process.close();
            }
        }
    }

    private static void kill(TableProcess victim, Phase phase, long nanos) throws IOException, InterruptedException {
        try (victim) {
            victim.awaitReady();
            victim.begin();
            if (!phase.line.isEmpty()) {
                victim.await(phase.line);
            }
            victim.killAfter(nanos);
        }
    }

    private static void assertWhole(SharedTable table, List<String> rows, Set<Path> everNamed, String when) {
        assertThat(table.rows()).as("rows after " + when).isEqualTo(rows);
        everNamed.addAll(table.named());
        assertThat(everNamed).as("files after " + when).allMatch(Files::exists);
    }

    /** Files of killed runs. */
    private static Set<Path> orphans(SharedTable table, Set<Path> everNamed) {
        try (Stream<Path> files = Files.walk(table.data())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !everNamed.contains(file))
                    .filter(file -> !file.toString().contains("/metadata/"))
                    .filter(file -> !file.toString().matches(".*/_delta_log/[0-9]{20}\\..*"))
                    .filter(file -> !file.toString().endsWith(".crc"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

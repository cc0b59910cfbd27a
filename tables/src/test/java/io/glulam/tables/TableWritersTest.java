package io.glulam.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two processes append and delete, two others compact, all at once: no row is lost, none comes back, and a compaction ends
 * with its commit, with a conflict or with nothing to do.
 *
 * <p>{@code -Dglulam.rounds=N} sets how often each writer appends; the others compact as long as the writers write.
 */
@Tag("once")
class TableWritersTest {
    private static final int ROUNDS = Integer.getInteger("glulam.rounds", 4);

    private static final List<String> ENDS =
            List.of("COMPACTED", "CONFLICT", "NOTHING_TO_DO", "ALL_LEFT", "EMPTY_TABLE");

    @TempDir
    private Path folder;

    private final Map<String, Integer> ends = new ConcurrentHashMap<>();
    private final Set<String> strange = ConcurrentHashMap.newKeySet();
    private final Set<Long> appended = ConcurrentHashMap.newKeySet();
    private final Set<Long> deleted = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @EnumSource
    void noRowIsLostByFourProcesses(SharedTable.Format format) throws Exception {
        try (SharedTable table = format.open(folder, true)) {
            List<Thread> threads = new ArrayList<>();
            List<TableProcess> processes = new ArrayList<>();
            try {
                for (int number = 1; number <= 4; number++) {
                    processes.add(TableProcess.start(number <= 2 ? "write" : "compact", format, folder, number));
                }
                for (TableProcess process : processes) {
                    process.awaitReady();
                }
                CountDownLatch writers = new CountDownLatch(2);
                for (int i = 0; i < processes.size(); i++) {
                    TableProcess process = processes.get(i);
                    boolean writes = i < 2;
                    Thread thread = new Thread(() -> run(process, writes, writers));
                    thread.start();
                    threads.add(thread);
                }
                for (Thread thread : threads) {
                    thread.join();
                }
            } finally {
                for (TableProcess process : processes) {
                    process.close();
                }
            }
            System.out.printf("%s: %s, %d rows deleted%n", format, new HashMap<>(ends), deleted.size());
            Set<Long> expected = new TreeSet<>(appended);
            expected.removeAll(deleted);
            assertThat(strange).isEmpty();
            assertThat(ends.get("appended")).isEqualTo(2 * ROUNDS);
            assertThat(ends.keySet()).contains("COMPACTED");
            assertThat(table.ids()).isEqualTo(new ArrayList<>(expected));
            assertThat(table.named()).allMatch(Files::exists);
        }
    }

    private void run(TableProcess process, boolean writes, CountDownLatch writers) {
        try {
            if (writes) {
                for (int round = 0; round < ROUNDS; round++) {
                    process.begin();
                    written(process.await("done").split(" "));
                }
                writers.countDown();
                return;
            }
            boolean last;
            do {
                // The last round begins after the writers have ended, so that each process has something to do.
                last = writers.await(20, TimeUnit.MILLISECONDS);
                process.begin();
                String end = process.await("done").split(" ", 2)[1];
                ends.merge(end.split(" ", 2)[0], 1, Integer::sum);
                if (!ENDS.contains(end.split(" ", 2)[0])) {
                    strange.add(end);
                }
            } while (!last);
        } catch (IOException e) {
            strange.add(e.toString());
            writers.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps which rows a writer has appended and deleted. */
    private void written(String[] line) {
        ends.merge(line[1], 1, Integer::sum);
        long first = Long.parseLong(line[2]);
        for (long id = first; id < first + 2 * TableProcess.ROWS_A_FILE; id++) {
            appended.add(id);
        }
        if (line.length > 4) {
            ends.merge("deleted", 1, Integer::sum);
            Arrays.stream(line[4].split(",")).map(Long::valueOf).forEach(deleted::add);
        }
    }
}

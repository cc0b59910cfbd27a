package io.glulam.tables;

import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A process that compacts or writes a table, once for each line that it reads, and tells what it does: {@code planned},
 * {@code written K N}, {@code committed}, then {@code done OUTCOME} or the failure.
 */
final class TableProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private TableProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** Arguments: compact or write, format, folder, number of the process. */
    public static void main(String[] arguments) throws IOException {
        boolean compacts = arguments[0].equals("compact");
        int number = Integer.parseInt(arguments[3]);
        Random random = new Random(number);
        try (SharedTable table = SharedTable.Format.valueOf(arguments[1]).open(Path.of(arguments[2]), false);
                Table opened = table.opened()) {
            opened.plan(TableRequest.defaults());
            System.out.println("ready");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (long round = 0; in.readLine() != null; round++) {
                System.out.println(compacts ? compact(opened) : write(table, number, round, random));
            }
        }
    }

    private static String compact(Table table) {
        try {
            return "done " + table.compact(request(), new Progress()).outcome();
        } catch (SourceChanged conflict) {
            return "done CONFLICT " + conflict.getMessage();
        } catch (CommitStateUnknown unknown) {
            return "done UNKNOWN " + unknown.getMessage().lines().findFirst().orElse("");
        } catch (GlulamException failure) {
            return "done FAILED " + failure;
        }
    }

    static TableRequest request() {
        return TableRequest.defaults().withOptions(java.util.Map.of("min-input-files", "2"));
    }

    private static final class Progress implements TableListener {
        @Override
        public void planned(int files, int outputs) {
            System.out.println("planned");
        }

        @Override
        public void written(int done, int outputs) {
            System.out.println("written " + done + " " + outputs);
        }

        @Override
        public void committed(long snapshot) {
            System.out.println("committed");
        }
    }

    /** Appends; after every third time also deletes some of what it has appended before. */
    private static String write(SharedTable table, int number, long round, Random random) {
        long id = firstId(number, round);
        table.append(id, ROWS_A_FILE);
        if (round % 3 != 2) {
            return "done appended " + id;
        }
        long other = firstId(number, random.nextInt((int) round));
        List<Long> deleted = table.delete(other, ROWS_A_FILE, random);
        return "done appended " + id + " deleted "
                + String.join(",", deleted.stream().map(String::valueOf).toList());
    }

    static final int ROWS_A_FILE = 5;

    private static long firstId(int number, long round) {
        return number * 10_000_000L + round * 100;
    }

    static TableProcess start(String verb, SharedTable.Format format, Path folder, int number) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TableProcess.class.getName(),
                verb,
                format.name(),
                folder.toString(),
                Integer.toString(number));
        ProcessBuilder builder = new ProcessBuilder(command);
        return new TableProcess(
                builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    void awaitReady() throws IOException {
        await("ready");
    }

    /** Lets it begin a round. */
    void begin() throws IOException {
        process.outputWriter().write("go\n");
        process.outputWriter().flush();
    }

    /** Reads until a line that begins so, or the round's last line. */
    String await(String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning) || line.startsWith("done")) {
                return line;
            }
        }
        throw new IOException("the process ended early");
    }

    /** Kills it (SIGKILL) after so many nanoseconds. */
    void killAfter(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
        close();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}

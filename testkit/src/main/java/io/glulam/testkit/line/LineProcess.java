package io.glulam.testkit.line;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that answers lines, see {@link LineServer}. Not thread-safe. */
public final class LineProcess implements AutoCloseable {
    private static final long EXIT_SECONDS = 30;

    private final Process process;
    private final Path log;
    private final BufferedWriter in;
    private final BufferedReader out;

    private LineProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a command whose main method serves lines; what it says otherwise is added to {@code log}. */
    public static LineProcess start(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new LineProcess(process, log);
    }

    /**
     * Returns the answer to a line; line ends in it count as spaces.
     *
     * @throws IllegalStateException if the process could not answer it
     */
    public Answer ask(String line) {
        try {
            in.write(line.replace('\n', ' '));
            in.write('\n');
            in.flush();
            return answer(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the process has ended, see " + log, e);
        }
    }

    private Answer answer(String line) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String answered = out.readLine(); answered != null; answered = out.readLine()) {
            if (answered.startsWith("| ")) {
                rows.add(Lines.cells(answered.substring(2)));
            } else if (answered.startsWith("! ")) {
                throw new IllegalStateException(
                        line + "\nfailed, see " + log + ": " + Lines.plain(answered.substring(2)));
            } else if (answered.startsWith("= ")) {
                String[] times = answered.substring(2).split(" ", -1);
                return new Answer(rows, nanos(times[0]), nanos(times[1]), nanos(times[2]));
            }
        }
        throw new IllegalStateException("the process ended at " + line + ", see " + log);
    }

    private static Duration nanos(String number) {
        return Duration.ofNanos(Long.parseLong(number));
    }

    /** Returns the process's id. */
    public long pid() {
        return process.pid();
    }

    /** Ends the process. */
    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

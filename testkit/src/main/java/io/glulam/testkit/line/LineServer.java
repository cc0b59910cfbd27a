package io.glulam.testkit.line;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The child's side of {@link LineProcess}. Reads a line from standard input, answers it, and so on until the input ends.
 * Rows begin with {@code "| "}, an answer ends with {@code "= "} and its times, or with {@code "! "} and why it failed.
 */
public final class LineServer {
    /** Answers a line with rows of cells. */
    public interface Handler {
        List<List<String>> answer(String line) throws Exception;
    }

    private LineServer() {}

    /** Answers all lines of standard input. What is printed to {@link System#out} meanwhile goes to standard error. */
    public static void serve(Handler handler) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            answer(handler, line, out);
            out.flush();
        }
    }

    private static void answer(Handler handler, String line, PrintStream out) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processor = system.getProcessCpuTime();
        long start = System.nanoTime();
        try {
            List<List<String>> rows = handler.answer(line);
            long wall = System.nanoTime() - start;
            long sinceStart = system.getProcessCpuTime();
            for (List<String> row : rows) {
                out.println("| " + Lines.row(row));
            }
            out.println("= " + wall + " " + (sinceStart - processor) + " " + sinceStart);
        } catch (Exception | LinkageError | OutOfMemoryError failure) {
            failure.printStackTrace(System.err);
            out.println("! " + Lines.escaped(failure.toString()));
        }
    }
}

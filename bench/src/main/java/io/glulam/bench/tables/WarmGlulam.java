package io.glulam.bench.tables;

import io.glulam.testkit.line.LineServer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;

/**
 * The contender glulam as one process that runs command after command: a line is the arguments, separated by tabs. Finds
 * the command by its name, because the bench is built without what it measures.
 */
final class WarmGlulam {
    private WarmGlulam() {}

    public static void main(String[] none) throws IOException, ReflectiveOperationException {
        Class<?> output = Class.forName("io.glulam.cli.text.Output");
        Method ofProcess = output.getMethod("ofProcess");
        Method run = Class.forName("io.glulam.cli.Main").getMethod("run", output, String[].class);
        LineServer.serve(line -> {
            Object code = run.invoke(null, ofProcess.invoke(null), line.split("\t", -1));
            if (!Integer.valueOf(0).equals(code)) {
                throw new IllegalStateException("exit code " + code);
            }
            return List.of();
        });
    }
}

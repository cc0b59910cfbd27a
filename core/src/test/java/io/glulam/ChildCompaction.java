package io.glulam;

import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A compaction by moving bytes alone, in a process of its own. */
final class ChildCompaction {
    private ChildCompaction() {}

    /** Compacts in place the file that the first argument names; the property {@code buffers} tells their bytes. */
    public static void main(String[] arguments) {
        Settings settings = Settings.defaults().withEffort(Effort.COPY);
        CompactionOptions defaults = CompactionOptions.defaults();
        Compactor compactor = new Compactor(
                defaults.withSettings(settings).withBufferBytes(Long.getLong("buffers", defaults.bufferBytes())));
        CompactionReport report = compactor.run(Job.inPlace(Path.of(arguments[0])));
        report.columns().forEach(column -> System.out.println("tier " + column.tier()));
    }

    /** Starts it; its output goes to {@code output}. */
    static Process start(Path file, Path output, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ChildCompaction.class.getName(),
                file.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()))
                .start();
    }
}

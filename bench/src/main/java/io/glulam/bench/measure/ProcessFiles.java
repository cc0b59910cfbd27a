package io.glulam.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What Linux tells of processes under {@code /proc}. */
final class ProcessFiles {
    private static final Path PROC = Path.of("/proc");
    private static final String HIGH_WATER_MARK = "VmHWM:";
    private static final String COMPILER = "CompilerThre"; // "C1 CompilerThread0", of which Linux keeps 15 characters.
    private static final int USER_TIME = 11; // Counted from the process's state, the first after its name.
    private static final int CHILDREN_USER_TIME = 13;
    private static final long TICK_MILLISECONDS = 10; // USER_HZ is 100 wherever Linux runs on servers.

    private ProcessFiles() {}

    /**
     * The largest resident set so far, in bytes: the kernel's own mark (VmHWM), which never falls, so that who looks
     * every few milliseconds misses only growth in the last moment. 0 when the process has ended or there is no
     * {@code /proc}.
     */
    static long highWaterMark(long process) {
        try {
            for (String line :
                    Files.readAllLines(PROC.resolve(Long.toString(process)).resolve("status"))) {
                if (line.startsWith(HIGH_WATER_MARK)) {
                    String kibibytes = line.substring(HIGH_WATER_MARK.length()).replace("kB", "");
                    return Long.parseLong(kibibytes.strip()) * 1024;
                }
            }
        } catch (IOException e) {
            return 0; // It ended between two looks.
        }
        return 0;
    }

    /** User and system time of all children of this process that have ended; zero where there is no {@code /proc}. */
    static Duration processorOfChildren() {
        return times("self", CHILDREN_USER_TIME);
    }

    /** User and system time of a process so far; zero when it has ended or there is no {@code /proc}. */
    static Duration processor(long process) {
        return times(Long.toString(process), USER_TIME);
    }

    /** User and system time so far of those threads of a process that live and compile Java's code. */
    static Duration compilers(long process) {
        Path tasks = PROC.resolve(Long.toString(process)).resolve("task");
        try (Stream<Path> threads = Files.list(tasks)) {
            return threads.filter(ProcessFiles::compiles)
                    .map(thread -> times(thread, USER_TIME))
                    .reduce(Duration.ZERO, Duration::plus);
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }

    private static boolean compiles(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).contains(COMPILER);
        } catch (IOException e) {
            return false;
        }
    }

    private static Duration times(String process, int field) {
        return times(PROC.resolve(process), field);
    }

    private static Duration times(Path folder, int field) {
        try {
            String stat = Files.readString(folder.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1]);
            return Duration.ofMillis(ticks * TICK_MILLISECONDS);
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }
}

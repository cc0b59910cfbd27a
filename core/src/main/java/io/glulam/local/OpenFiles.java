package io.glulam.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files this process may have open. */
public final class OpenFiles {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";
    private static final int USUAL = 1024;

    private OpenFiles() {}

    /** Returns the limit of this process, to which the JVM has raised it; 1,024 where the system does not tell. */
    public static int limit() {
        try {
            return Files.isReadable(LIMITS) ? limit(Files.readAllLines(LIMITS)) : USUAL;
        } catch (IOException unknown) {
            return USUAL;
        }
    }

    static int limit(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith(LINE)) {
                String soft = line.substring(LINE.length()).strip().split("\\s+", 2)[0];
                return soft.equals("unlimited") ? Integer.MAX_VALUE : parsed(soft);
            }
        }
        return USUAL;
    }

    private static int parsed(String number) {
        try {
            return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(number));
        } catch (NumberFormatException unknown) {
            return USUAL;
        }
    }
}

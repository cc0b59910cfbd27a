package io.glulam.cli.text;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The stream that the process writes to. Java cannot tell a terminal from a pipe for each stream, so the launcher says it.
 *
 * @param results whether standard output is a terminal
 * @param messages whether standard error is a terminal
 * @param columns its width; 80 where unknown
 * @param color whether colour is welcome where the user does not say: a terminal, no NO_COLOR, no dumb terminal
 */
public record Terminal(boolean results, boolean messages, int columns, boolean color) {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int MIN_COLUMNS = 40;
    private static final int MAX_COLUMNS = 400;

    /** Neither stream is a terminal. */
    public static final Terminal NONE = new Terminal(false, false, DEFAULT_COLUMNS, false);

    /**
     * Reads what the launcher and the environment say.
     *
     * @param properties {@code glulam.terminal}: {@code out}, {@code err} or both, with a comma; {@code glulam.columns}
     * @param environment COLUMNS, which comes first, NO_COLOR and TERM
     */
    public static Terminal of(Properties properties, Map<String, String> environment) {
        String streams = properties.getProperty("glulam.terminal", "");
        boolean results = streams.contains("out");
        boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        int columns = columns(environment.get("COLUMNS"), columns(properties.getProperty("glulam.columns"), 0));
        return new Terminal(
                results,
                streams.contains("err"),
                columns == 0 ? DEFAULT_COLUMNS : Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, columns)),
                results && !noColor);
    }

    private static int columns(@Nullable String text, int otherwise) {
        if (text == null || !text.matches("[1-9][0-9]{0,4}")) {
            return otherwise;
        }
        return Integer.parseInt(text);
    }
}

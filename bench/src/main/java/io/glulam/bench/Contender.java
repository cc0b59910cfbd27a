package io.glulam.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/**
 * One way to rewrite a file.
 *
 * @param name as the table shows it, Markdown
 * @param command the process for an input and an output
 */
record Contender(String name, BiFunction<Path, Path, List<String>> command) {
    /** What all others are compared with. */
    static final Contender COPY_AND_SYNC = new Contender(
            "`cp` + `sync`",
            (in, out) -> List.of("sh", "-c", "cp \"$1\" \"$2\" && sync \"$2\"", "sh", "" + in, "" + out));

    static final Contender COPY = new Contender("`cp`", (in, out) -> List.of("cp", in.toString(), out.toString()));

    static Contender glulam(Path launcher, List<String> options) {
        return new Contender(
                "**glulam**" + (options.isEmpty() ? "" : " `" + String.join(" ", options) + "`"), (in, out) -> {
                    List<String> command = new java.util.ArrayList<>(
                            List.of(launcher.toString(), "compact", in.toString(), "-o", out.toString()));
                    command.addAll(options);
                    return command;
                });
    }

    static Contender java(String name, Class<?> main) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Contender(
                name,
                (in, out) ->
                        List.of(java, "-cp", System.getProperty("java.class.path"), main.getName(), "" + in, "" + out));
    }

    static Contender polars(Path script) {
        return new Contender(
                "Polars for Node, `sinkParquet`",
                (in, out) -> List.of("node", script.toString(), in.toString(), out.toString()));
    }
}

package io.glulam.bench.rewrite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * One way to rewrite a file.
 *
 * @param name as the table shows it, Markdown
 * @param command the process for an input and an output
 */
public record Contender(String name, BiFunction<Path, Path, List<String>> command) {
    static final Contender COPY = new Contender("`cp`", (in, out) -> List.of("cp", in.toString(), out.toString()));

    static final Contender COPY_AND_SYNC = new Contender(
            "`cp` + `sync`",
            (in, out) -> List.of("sh", "-c", "cp \"$1\" \"$2\" && sync \"$2\"", "sh", "" + in, "" + out));

    public static final Contender DUCKDB_SNAPPY = java("DuckDB, SNAPPY", DuckDbRewrite.class, "snappy", "V1");

    static final Contender DUCKDB_V1_ZSTD = java("DuckDB, V1 ZSTD", DuckDbRewrite.class, "zstd", "V1");
    public static final Contender DUCKDB_V2_ZSTD = java("DuckDB, V2 ZSTD", DuckDbRewrite.class, "zstd", "V2");
    static final Contender PARQUET_JAVA_SNAPPY =
            java("parquet-java, SNAPPY", ParquetJavaRewrite.class, "SNAPPY", "PARQUET_1_0");
    static final Contender PARQUET_JAVA_V2_ZSTD =
            java("parquet-java, V2 ZSTD", ParquetJavaRewrite.class, "ZSTD", "PARQUET_2_0");

    /** The command in the project's folder {@code root}, with {@code options} behind {@code --effort}. */
    public static Contender glulam(Path root, String effort, List<String> options) {
        List<String> all = new ArrayList<>(List.of("--effort", effort));
        all.addAll(options);
        return new Contender("**glulam** `" + String.join(" ", all) + "`", (in, out) -> {
            List<String> command = new ArrayList<>(
                    List.of(root.resolve("glulam").toString(), "compact", in.toString(), "-o", out.toString()));
            command.addAll(all);
            return command;
        });
    }

    /** Not a rewrite: writes the plan for the input, as JSON. */
    public static Contender glulamPlan(Path root, String effort, List<String> options) {
        return new Contender("glulam plan", (in, out) -> {
            String script = "out=$1; shift; exec \"$@\" > \"$out\"";
            List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh", out.toString()));
            command.addAll(List.of(root.resolve("glulam").toString(), "plan", in.toString(), "--json"));
            command.addAll(List.of("--effort", effort));
            command.addAll(options);
            return command;
        });
    }

    static Contender polars(Path root, String codec) {
        Path script = root.resolve("bench/polars.mjs");
        return new Contender(
                "Polars for Node, " + codec.toUpperCase(Locale.ROOT),
                (in, out) -> List.of("node", script.toString(), in.toString(), out.toString(), codec));
    }

    private static Contender java(String name, Class<?> main, String codec, String format) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return new Contender(
                name, (in, out) -> List.of(java, "-cp", classPath, main.getName(), "" + in, "" + out, codec, format));
    }
}

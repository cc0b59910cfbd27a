package io.glulam.cli;

import io.glulam.plan.Compatibility;
import io.glulam.plan.Compression;
import io.glulam.plan.OutputForm;
import io.glulam.plan.Reader;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that decide what is written anew, in which form and for whom. */
final class FormOptions {
    @Option(
            names = "--rewrite",
            paramLabel = "WHICH",
            description = "Which row groups are written again: fragments (default), or all that become smaller.")
    private @Nullable Rewrite rewrite;

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            description = "Compression of what is merged: keep, zstd[:LEVEL], snappy, gzip[:LEVEL], lz4_raw or"
                    + " uncompressed (default: keep; zstd with --effort smallest).")
    private @Nullable Compression compression;

    @Option(
            names = "--page-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Uncompressed bytes that written pages aim at (default: 1MiB).")
    private @Nullable Long pageBytes;

    @Option(
            names = "--writer-compat",
            paramLabel = "VERSION",
            description = "v1: only what readers of the format's first version know; v2: data pages of version 2"
                    + " (default: as the file).")
    private @Nullable Compatibility compatibility;

    @Option(
            names = "--readers",
            paramLabel = "ENGINE",
            split = ",",
            description = "Who must be able to read what is merged, separated by commas: parquet-java, spark, arrow,"
                    + " datafusion, duckdb, polars, trino, impala.")
    private @Nullable List<Reader> readers;

    boolean anyGiven() {
        return rewrite != null || compression != null || pageBytes != null || compatibility != null || readers != null;
    }

    /**
     * The settings with what is asked for.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is out of bounds
     */
    Settings applyTo(Settings settings) {
        OutputForm form = settings.form();
        form = compression == null ? form : form.withCompression(compression);
        form = compatibility == null ? form : form.withCompatibility(compatibility);
        form = readers == null ? form : form.withReaders(readers);
        Settings changed = settings.withForm(form);
        changed = rewrite == null ? changed : changed.withRewrite(rewrite);
        return pageBytes == null ? changed : changed.withPages(pageBytes(), settings.pageRows());
    }

    private int pageBytes() {
        if (pageBytes == null || pageBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a page cannot hold more than 2 GiB");
        }
        return pageBytes.intValue();
    }
}

package io.glulam.cli;

import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.FormWords;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.plan.Compatibility;
import io.glulam.plan.Compression;
import io.glulam.plan.OutputForm;
import io.glulam.plan.Reader;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The options that decide what is written anew, in which form and for whom. */
final class FormOptions implements CommandPart {
    private final Value<Rewrite> rewrite = Value.option(
            Words.constant(Rewrite.class),
            "WHICH",
            "Which row groups are written again: fragments (default), or all that become smaller.",
            "--rewrite");

    private final Value<Compression> compression = Value.option(
            FormWords.COMPRESSION,
            "CODEC",
            "Compression of what is merged: keep, zstd[:LEVEL], snappy, gzip[:LEVEL], lz4_raw or"
                    + " uncompressed (default: keep; zstd with --effort smallest).",
            "--codec");

    private final Value<Long> pageBytes = Value.option(
            Words.SIZE, "SIZE", "Uncompressed bytes that written pages aim at (default: 1MiB).", "--page-size");

    private final Value<Compatibility> compatibility = Value.option(
            FormWords.COMPATIBILITY,
            "VERSION",
            "v1: only what readers of the format's first version know; v2: data pages of version 2"
                    + " (default: as the file).",
            "--writer-compat");

    private final Value<List<Reader>> readers = Value.options(
            FormWords.READER,
            "ENGINE",
            "Who must be able to read what is merged, separated by commas: parquet-java, spark, arrow,"
                    + " datafusion, duckdb, polars, trino, impala.",
            "--readers");

    @Override
    public void addTo(CommandSpec spec) {
        rewrite.addTo(spec);
        compression.addTo(spec);
        pageBytes.addTo(spec);
        compatibility.addTo(spec);
        readers.addTo(spec);
    }

    boolean anyGiven() {
        return rewrite.isGiven()
                || compression.isGiven()
                || pageBytes.isGiven()
                || compatibility.isGiven()
                || readers.isGiven();
    }

    /**
     * The settings with what is asked for.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is out of bounds
     */
    Settings applyTo(Settings settings) {
        OutputForm form = settings.form();
        form = compression.isGiven() ? form.withCompression(compression.required()) : form;
        form = compatibility.isGiven() ? form.withCompatibility(compatibility.required()) : form;
        form = readers.isGiven() ? form.withReaders(readers.required()) : form;
        Settings changed = settings.withForm(form);
        changed = rewrite.isGiven() ? changed.withRewrite(rewrite.required()) : changed;
        return pageBytes.isGiven() ? changed.withPages(bytesOfPages(), settings.pageRows()) : changed;
    }

    private int bytesOfPages() {
        long bytes = pageBytes.required();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a page cannot hold more than 2 GiB");
        }
        return (int) bytes;
    }
}

package io.glulam.cli;

import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The server's settings as options. All of them are words: the service reads them, wherever they come from. */
final class ServeOptions implements CommandPart {
    @Override
    public void addTo(CommandSpec spec) {
        addStores(spec);
        addCatalog(spec);
        addColumns(spec);
        addServer(spec);
        addCallbacks(spec);
        addSteps(spec);
        addKeeping(spec);
        addPrices(spec);
        addProcess(spec);
    }

    private static void addStores(CommandSpec spec) {
        add(spec, "--config", "FILE", "A file of settings, one NAME=VALUE a line.");
        add(spec, "--data", "DIR", "Folder of the embedded databases (default: glulam-data).");
        add(
                spec,
                "--bucket",
                "BUCKET",
                "The bucket: a folder, s3://BUCKET/PREFIX or r2://BUCKET/PREFIX (default: DATA/bucket).");
        add(
                spec,
                "--endpoint",
                "URL",
                "Address of an S3-compatible store (default: AWS_ENDPOINT_URL, or the store's own).");
        add(
                spec,
                "--region",
                "REGION",
                "Region of an s3:// bucket (default: AWS_REGION, the profile's, or us-east-1).");
        add(
                spec,
                "--profile",
                "NAME",
                "A profile of ~/.aws for credentials and region (default: AWS_PROFILE, or the usual chain).");
        add(spec, "--account", "ID", "Cloudflare's account of an r2:// bucket (default: R2_ACCOUNT_ID).");
        add(
                spec,
                "--without",
                "ABILITIES",
                "Abilities that the store lacks, as store probe lists them, separated by commas.");
    }

    private static void addCatalog(CommandSpec spec) {
        add(
                spec,
                "--ledger",
                "URL",
                "Where instances are kept: postgres://user:password@host/database (default: embedded).");
        add(
                spec,
                "--catalog",
                "URL",
                "Where datasets are kept: postgres://user:password@host/database, or a Data API like"
                        + " https://PROJECT.supabase.co (default: embedded).");
        add(spec, "--catalog-key", "KEY", "A Data API's secret key. Better set by GLULAM_CATALOG_KEY_FILE.");
        add(spec, "--catalog-table", "NAME", "The table of datasets, as NAME or SCHEMA.NAME (default: datasets).");
        add(
                spec,
                "--tables",
                "FILE",
                "Serve Iceberg and Delta tables: JSON with catalogs and schedules (default: none).");
    }

    private static void addColumns(CommandSpec spec) {
        add(spec, "--column-id", "NAME", "The table's column of ids (default: id).");
        add(spec, "--column-key", "NAME", "The table's column of keys, or none (default: bucket_key).");
        add(spec, "--column-flag", "NAME", "The table's column of flags (default: compaction_needed).");
        add(spec, "--column-compacted-at", "NAME", "The table's column of times (default: last_compacted_at).");
        add(spec, "--column-size", "NAME", "The table's column of sizes (default: file_size_bytes).");
        add(
                spec,
                "--column-version",
                "NAME",
                "The table's column that changes with every change of the row (default: updated_at).");
    }

    private static void addServer(CommandSpec spec) {
        add(spec, "--host", "ADDRESS", "Listen on this address (default: 127.0.0.1).");
        add(spec, "--port", "N", "Listen on this port, 0 for any (default: 8787).");
        add(spec, "--host-name", "NAMES", "Host names of the server, separated by commas (default: localhost).");
        add(
                spec,
                "--token",
                "TOKEN",
                "The token that clients must send as Authorization: Bearer TOKEN. Better set by GLULAM_TOKEN_FILE.");
        add(
                spec,
                "--tokens",
                "FILE",
                "A file of tokens, one per line, each followed by the key prefixes that it is limited to.");
        add(
                spec,
                "--hook-secret",
                "SECRET",
                "A secret that webhooks may send as X-Glulam-Secret instead of a token. Better set by"
                        + " GLULAM_HOOK_SECRET_FILE.");
    }

    private static void addCallbacks(CommandSpec spec) {
        add(
                spec,
                "--callback-hosts",
                "HOSTS",
                "Hosts that a callbackUrl may name: host or host:port, separated by commas (default: none).");
        add(
                spec,
                "--callback-secret",
                "SECRET",
                "The key that signs callbacks. Better set by GLULAM_CALLBACK_SECRET_FILE.");
        add(
                spec,
                "--callback-delay",
                "TIME",
                "Delay before a callback is tried again; each further delay is twice as long (default: 10s).");
    }

    private static void addSteps(CommandSpec spec) {
        add(spec, "--concurrency", "N", "Instances that run at once (default: 2).");
        add(spec, "--most-queued", "N", "Instances that may wait (default: 10000).");
        add(spec, "--poll", "TIME", "Interval at which the server picks up flagged datasets, or none (default: none).");
        add(spec, "--retries", "N", "Retries of a step; 5,analyze-and-compact=10 for one of them (default: 5).");
        add(
                spec,
                "--retry-delay",
                "TIME",
                "Delay before the first retry; each further delay is twice as long (default: 10s).");
        add(
                spec,
                "--step-timeout",
                "TIME",
                "Stop and retry a step that makes no progress for this long (default: 10m).");
    }

    private static void addKeeping(CommandSpec spec) {
        add(
                spec,
                "--publish",
                "MODE",
                "in-place, or new-key: beside the old object, which is deleted later (default: in-place).");
        add(spec, "--backup", "TIME", "How long replaced objects are kept, or none (default: 7d).");
        add(spec, "--grace", "TIME", "How long --publish new-key keeps the old object (default: 1d).");
        add(spec, "--retention", "TIME", "How long instances are kept after they have ended (default: 30d).");
    }

    private static void addPrices(CommandSpec spec) {
        add(
                spec,
                "--reads-per-month",
                "N",
                "Full scans of an object per month, to estimate what a compaction saves (default: 10000).");
        add(spec, "--price-reads", "DOLLARS", "Dollars for a million read requests (default: 0.36, R2's).");
        add(spec, "--price-storage", "DOLLARS", "Dollars for a gigabyte stored for a month (default: 0.015, R2's).");
        add(
                spec,
                "--measure",
                "JAR",
                "DuckDB's JDBC driver, which queries every object before and after, in its own process.");
        add(
                spec,
                "--measure-download",
                "SIZE",
                "The largest object that --measure downloads from a store, or none (default: 256MiB).");
    }

    private static void addProcess(CommandSpec spec) {
        add(spec, "--memory", "SIZE", "The ceiling of the process (default: 256MiB).");
        add(spec, "--threads", "N", "Threads of one compaction (default: one per processor).");
        add(
                spec,
                "--tmp-dir",
                "DIR",
                "Folder for temporary files of data that does not fit the memory (default: the system's).");
        add(spec, "--log", "FORM", "json or text, on standard error (default: json).");
    }

    private static void add(CommandSpec spec, String name, String label, String about) {
        Value.option(Kind.TEXT, label, about, name).addTo(spec);
    }

    /** The options that were given, by their names without dashes. */
    static Map<String, String> given(CommandSpec spec) {
        Map<String, String> given = new HashMap<>();
        for (OptionSpec option : spec.options()) {
            if (option.getValue() instanceof String value) {
                given.put(name(option), value);
            }
        }
        return given;
    }

    /** The names of all of them. */
    static Set<String> names(CommandSpec spec) {
        Set<String> names = new HashSet<>();
        for (OptionSpec option : spec.options()) {
            if (option.type() == String.class) {
                names.add(name(option));
            }
        }
        return names;
    }

    private static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^--", "");
    }
}

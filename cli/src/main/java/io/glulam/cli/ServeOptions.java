package io.glulam.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The server's settings as options. All of them are words: the service reads them, wherever they come from. */
@SuppressWarnings("UnusedVariable")
final class ServeOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "A file of settings.")
    private @Nullable String config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the embedded databases (default: glulam-data).")
    private @Nullable String data;

    @Option(
            names = "--bucket",
            paramLabel = "BUCKET",
            description = "The bucket: a folder, s3://BUCKET/PREFIX or r2://BUCKET/PREFIX (default: DATA/bucket).")
    private @Nullable String bucket;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Where an S3-compatible store answers (default: AWS_ENDPOINT_URL, or the store's own).")
    private @Nullable String endpoint;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Of an s3:// bucket (default: AWS_REGION, the profile's, or us-east-1).")
    private @Nullable String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "A profile of ~/.aws for credentials and region (default: AWS_PROFILE, or the usual chain).")
    private @Nullable String profile;

    @Option(
            names = "--account",
            paramLabel = "ID",
            description = "Cloudflare's account of an r2:// bucket (default: R2_ACCOUNT_ID).")
    private @Nullable String account;

    @Option(
            names = "--without",
            paramLabel = "ABILITIES",
            description = "What the store lacks, as store probe tells, with commas between.")
    private @Nullable String without;

    @Option(
            names = "--ledger",
            paramLabel = "URL",
            description = "Where instances are kept: postgres://user:password@host/database (default: embedded).")
    private @Nullable String ledger;

    @Option(
            names = "--catalog",
            paramLabel = "URL",
            description = "Where datasets are kept: postgres://user:password@host/database, or a Data API like"
                    + " https://PROJECT.supabase.co (default: embedded).")
    private @Nullable String catalog;

    @Option(
            names = "--catalog-key",
            paramLabel = "KEY",
            description = "A Data API's secret key. Better set by GLULAM_CATALOG_KEY_FILE.")
    private @Nullable String catalogKey;

    @Option(
            names = "--catalog-table",
            paramLabel = "NAME",
            description = "The table of datasets, its schema in front if need be (default: datasets).")
    private @Nullable String catalogTable;

    @Option(names = "--column-id", paramLabel = "NAME", description = "Its column of ids (default: id).")
    private @Nullable String columnId;

    @Option(
            names = "--column-key",
            paramLabel = "NAME",
            description = "Its column of keys, or none (default: bucket_key).")
    private @Nullable String columnKey;

    @Option(
            names = "--column-flag",
            paramLabel = "NAME",
            description = "Its column of flags (default: compaction_needed).")
    private @Nullable String columnFlag;

    @Option(
            names = "--column-compacted-at",
            paramLabel = "NAME",
            description = "Its column of times (default: last_compacted_at).")
    private @Nullable String columnCompactedAt;

    @Option(
            names = "--column-size",
            paramLabel = "NAME",
            description = "Its column of sizes (default: file_size_bytes).")
    private @Nullable String columnSize;

    @Option(
            names = "--column-version",
            paramLabel = "NAME",
            description = "Its column that changes whenever the row does (default: updated_at).")
    private @Nullable String columnVersion;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Listen there (default: 127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "Listen on this port, 0 for any (default: 8787).")
    private @Nullable String port;

    @Option(
            names = "--host-name",
            paramLabel = "NAMES",
            description = "Names under which the server is reached, with commas between (default: localhost).")
    private @Nullable String hostName;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Who asks must send it: Authorization: Bearer TOKEN. Better set by GLULAM_TOKEN_FILE.")
    private @Nullable String token;

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "Tokens, one a line, each followed by the key prefixes that it is limited to.")
    private @Nullable String tokens;

    @Option(
            names = "--hook-secret",
            paramLabel = "SECRET",
            description = "Webhooks may send it as X-Glulam-Secret instead of a token. Better set by"
                    + " GLULAM_HOOK_SECRET_FILE.")
    private @Nullable String hookSecret;

    @Option(
            names = "--callback-hosts",
            paramLabel = "HOSTS",
            description =
                    "Who may be named in a callbackUrl: host or host:port, with commas between (default: nobody).")
    private @Nullable String callbackHosts;

    @Option(
            names = "--callback-secret",
            paramLabel = "SECRET",
            description = "Callbacks are signed with it. Better set by GLULAM_CALLBACK_SECRET_FILE.")
    private @Nullable String callbackSecret;

    @Option(
            names = "--callback-delay",
            paramLabel = "TIME",
            description = "Before a callback is tried again; each further time waits twice as long (default: 10s).")
    private @Nullable String callbackDelay;

    @Option(names = "--concurrency", paramLabel = "N", description = "Instances that run at once (default: 2).")
    private @Nullable String concurrency;

    @Option(names = "--most-queued", paramLabel = "N", description = "Instances that may wait (default: 10000).")
    private @Nullable String mostQueued;

    @Option(
            names = "--poll",
            paramLabel = "TIME",
            description = "Pick flagged datasets up of itself, that often (default: none).")
    private @Nullable String poll;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Retries of a step; 5,analyze-and-compact=10 for one of them (default: 5).")
    private @Nullable String retries;

    @Option(
            names = "--retry-delay",
            paramLabel = "TIME",
            description = "Before the first retry; each further one waits twice as long (default: 10s).")
    private @Nullable String retryDelay;

    @Option(
            names = "--step-timeout",
            paramLabel = "TIME",
            description = "How long a step may go without progress (default: 10m).")
    private @Nullable String stepTimeout;

    @Option(
            names = "--publish",
            paramLabel = "MODE",
            description = "in-place, or new-key: beside the old object, which is deleted later (default: in-place).")
    private @Nullable String publish;

    @Option(
            names = "--backup",
            paramLabel = "TIME",
            description = "How long replaced objects are kept, or none (default: 7d).")
    private @Nullable String backup;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description = "How long an object is kept that its dataset has moved away from (default: 1d).")
    private @Nullable String grace;

    @Option(
            names = "--retention",
            paramLabel = "TIME",
            description = "How long instances are kept after they have ended (default: 30d).")
    private @Nullable String retention;

    @Option(
            names = "--reads-per-month",
            paramLabel = "N",
            description = "Full scans of an object a month, for what a compaction saves (default: 10000).")
    private @Nullable String readsPerMonth;

    @Option(
            names = "--price-reads",
            paramLabel = "DOLLARS",
            description = "For a million reading requests (default: 0.36, R2's).")
    private @Nullable String priceReads;

    @Option(
            names = "--price-storage",
            paramLabel = "DOLLARS",
            description = "For a gigabyte a month (default: 0.015, R2's).")
    private @Nullable String priceStorage;

    @Option(
            names = "--measure",
            paramLabel = "JAR",
            description = "DuckDB's JDBC driver: queries every object before and after, in a process of its own.")
    private @Nullable String measure;

    @Option(
            names = "--measure-download",
            paramLabel = "SIZE",
            description = "The largest object that is fetched from a store for that, or none (default: 256MiB).")
    private @Nullable String measureDownload;

    @Option(names = "--memory", paramLabel = "SIZE", description = "The ceiling of the process (default: 256MiB).")
    private @Nullable String memory;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of one compaction (default: one a processor).")
    private @Nullable String threads;

    @Option(
            names = "--tmp-dir",
            paramLabel = "DIR",
            description = "Where what does not fit the memory is kept meanwhile (default: the system's folder).")
    private @Nullable String temporaryFolder;

    @Option(names = "--log", paramLabel = "FORM", description = "json or text, on standard error (default: json).")
    private @Nullable String log;

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

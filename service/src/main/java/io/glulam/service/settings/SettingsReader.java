package io.glulam.service.settings;

import io.glulam.CompactionOptions;
import io.glulam.plan.Units;
import io.glulam.s3.S3Settings;
import io.glulam.service.callback.CallbackRules;
import io.glulam.service.catalog.DataApiKey;
import io.glulam.service.catalog.TableNames;
import io.glulam.service.http.Tokens;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.Durations;
import io.glulam.service.request.PublishMode;
import io.glulam.service.workflow.CompactionResources;
import io.glulam.service.workflow.RetryPolicy;
import io.glulam.service.workflow.Workflow;
import io.glulam.service.workflow.WorkflowSettings;
import io.glulam.service.worth.Measurement;
import io.glulam.service.worth.Prices;
import io.glulam.storage.StoreAbility;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads settings from the texts of a {@link SettingsSource}, and names the first that is invalid. */
public final class SettingsReader {
    /** One part in so many of the heap is for the buffers of all compactions that run at once. */
    private static final int BUFFER_SHARE = 4;

    private static final int MIN_SECRET_CHARACTERS = 16;

    private final SettingsSource source;

    private SettingsReader(SettingsSource source) {
        this.source = source;
    }

    /**
     * Reads all settings.
     *
     * @throws InvalidSetting naming the first that is invalid
     */
    public static ServiceSettings read(SettingsSource source) {
        return new SettingsReader(source).read();
    }

    private ServiceSettings read() {
        Path data = Path.of(text("data", "glulam-data"));
        WorkflowSettings workflow = workflow();
        String tables = source.find("tables");
        ServiceSettings settings = new ServiceSettings(
                data,
                text("bucket", data.resolve("bucket").toString()),
                store(),
                text("ledger", ServiceSettings.EMBEDDED),
                text("catalog", ServiceSettings.EMBEDDED),
                catalogKey(),
                names(),
                new InetSocketAddress(text("host", "127.0.0.1"), number("port", 8787, 0, 65_535)),
                words("host-name"),
                tokens(),
                hookSecrets(),
                workflow,
                tables == null ? null : TablesSettings.read(Path.of(tables), workflow.defaults()),
                tables == null ? Map.of() : source.environment());
        if (settings.address().isUnresolved()) {
            throw new InvalidSetting("host", "is no address of this machine");
        }
        if (!settings.isLocal() && settings.tokens().isEmpty()) {
            throw new InvalidSetting(
                    "host", "a server that listens beyond localhost needs --token or --tokens; nothing was started");
        }
        return settings;
    }

    private @Nullable DataApiKey catalogKey() {
        String key = source.find("catalog-key");
        try {
            return key == null ? null : DataApiKey.parse(key);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("catalog-key", String.valueOf(e.getMessage()));
        }
    }

    private StoreSettings store() {
        String endpoint = source.find("endpoint");
        S3Settings access;
        try {
            access = S3Settings.of(source.environment())
                    .with(
                            endpoint == null ? null : new URI(endpoint),
                            source.find("region"),
                            source.find("profile"),
                            source.find("account"));
        } catch (URISyntaxException e) {
            throw new InvalidSetting("endpoint", "is no address", e);
        }
        try {
            Set<StoreAbility> without =
                    words("without").stream().map(StoreAbility::parse).collect(Collectors.toSet());
            return new StoreSettings(access, without);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("without", String.valueOf(e.getMessage()));
        }
    }

    private TableNames names() {
        TableNames defaults = TableNames.DEFAULTS;
        String table = text("catalog-table", defaults.table());
        int dot = table.indexOf('.');
        String key = text("column-key", "bucket_key");
        return new TableNames(
                dot < 0 ? null : table.substring(0, dot),
                table.substring(dot + 1),
                text("column-id", defaults.id()),
                key.equals("none") ? null : key,
                text("column-flag", defaults.compactionNeeded()),
                text("column-compacted-at", defaults.lastCompactedAt()),
                text("column-size", defaults.fileSizeBytes()),
                text("column-version", defaults.version()));
    }

    private Set<String> words(String name) {
        Set<String> words = new HashSet<>();
        for (String word : text(name, "").split(",", -1)) {
            if (!word.isBlank()) {
                words.add(word.strip().toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    private Tokens tokens() {
        String token = source.find("token");
        String file = source.find("tokens");
        try {
            String lines =
                    (token == null ? "" : token.strip() + "\n") + (file == null ? "" : Files.readString(Path.of(file)));
            return Tokens.parse(lines);
        } catch (IOException e) {
            throw new InvalidSetting("tokens", "the file cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(file == null ? "token" : "tokens", String.valueOf(e.getMessage()));
        }
    }

    private Tokens hookSecrets() {
        String secret = source.find("hook-secret");
        try {
            return secret == null ? Tokens.NONE : Tokens.parse(secret.strip());
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("hook-secret", String.valueOf(e.getMessage()));
        }
    }

    private WorkflowSettings workflow() {
        int concurrency = number("concurrency", 2, 1, 64);
        long buffers = Math.max(
                CompactionOptions.MIN_BUFFER_BYTES, Runtime.getRuntime().maxMemory() / BUFFER_SHARE / concurrency);
        String temporary = source.find("tmp-dir");
        CompactionResources resources = new CompactionResources(
                buffers,
                number("threads", Runtime.getRuntime().availableProcessors(), 1, 256),
                temporary == null ? null : Path.of(temporary),
                measurement(),
                duration("grace", "1d"));
        return new WorkflowSettings(
                concurrency,
                number("most-queued", 10_000, 1, 1_000_000),
                policies(),
                new CompactionRequest.Defaults(publish(), duration("backup", "7d"), callbacks()),
                resources,
                duration("retention", "30d"),
                duration("poll", "none"),
                source.find("callback-secret"),
                duration("callback-delay", "10s"),
                new Prices(
                        number("reads-per-month", 10_000, 0, Integer.MAX_VALUE),
                        price("price-reads", Prices.R2.perMillionReads()),
                        price("price-storage", Prices.R2.perGigabyteMonth())));
    }

    private @Nullable Measurement measurement() {
        String jar = source.find("measure");
        if (jar == null) {
            return null;
        }
        if (!Files.isReadable(Path.of(jar))) {
            throw new InvalidSetting("measure", "must be the jar of DuckDB's JDBC driver");
        }
        String temporary = source.find("tmp-dir");
        return new Measurement(
                Path.of(jar).toAbsolutePath(),
                size("measure-download", "256MiB"),
                temporary == null ? null : Path.of(temporary));
    }

    private CallbackRules callbacks() {
        Set<String> hosts = words("callback-hosts");
        String secret = source.find("callback-secret");
        if (secret != null && secret.length() < MIN_SECRET_CHARACTERS) {
            throw new InvalidSetting("callback-secret", "needs at least " + MIN_SECRET_CHARACTERS + " characters");
        }
        if (!hosts.isEmpty() && secret == null) {
            throw new InvalidSetting("callback-secret", "is needed where there are --callback-hosts");
        }
        return new CallbackRules(hosts);
    }

    private PublishMode publish() {
        return switch (text("publish", "in-place")) {
            case "in-place" -> PublishMode.IN_PLACE;
            case "new-key" -> PublishMode.NEW_KEY;
            default -> throw new InvalidSetting("publish", "must be in-place or new-key");
        };
    }

    private Map<String, RetryPolicy> policies() {
        RetryPolicy usual = RetryPolicy.DEFAULT;
        Map<String, Integer> retries = perStep("retries", String.valueOf(usual.retries()), text -> {
            int number = Integer.parseInt(text);
            if (number < 0 || number > 1000) {
                throw new IllegalArgumentException("retries are 0 to 1000");
            }
            return number;
        });
        Map<String, Duration> delays = perStep("retry-delay", Durations.text(usual.delay()), Durations::parse);
        Map<String, Duration> timeouts = perStep("step-timeout", Durations.text(usual.timeout()), Durations::parse);
        Map<String, RetryPolicy> policies = new HashMap<>();
        for (String step : Workflow.ALL_STEPS) {
            try {
                policies.put(step, new RetryPolicy(of(retries, step), of(delays, step), of(timeouts, step)));
            } catch (IllegalArgumentException e) {
                throw new InvalidSetting("step-timeout", String.valueOf(e.getMessage()));
            }
        }
        return policies;
    }

    private static <T> T of(Map<String, T> values, String step) {
        T value = values.get(step);
        if (value == null) {
            throw new IllegalStateException("no value for " + step);
        }
        return value;
    }

    /** Reads {@code 5} or {@code 5,analyze-and-compact=10}. */
    private <T> Map<String, T> perStep(String name, String otherwise, Function<String, T> parser) {
        Map<String, T> values = new HashMap<>();
        try {
            Workflow.ALL_STEPS.forEach(step -> values.put(step, parser.apply(otherwise)));
            for (String part : text(name, otherwise).split(",", -1)) {
                int equals = part.indexOf('=');
                T value = parser.apply(part.substring(equals + 1).strip());
                if (equals < 0) {
                    Workflow.ALL_STEPS.forEach(step -> values.put(step, value));
                } else if (Workflow.ALL_STEPS.contains(part.substring(0, equals).strip())) {
                    values.put(part.substring(0, equals).strip(), value);
                } else {
                    throw new InvalidSetting(name, "'" + part.substring(0, equals) + "' is not a step");
                }
            }
            return values;
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(name, String.valueOf(e.getMessage()));
        }
    }

    private String text(String name, String otherwise) {
        String text = source.find(name);
        return text == null ? otherwise : text;
    }

    private int number(String name, int otherwise, int least, int most) {
        @Nullable String text = source.find(name);
        try {
            int number = text == null ? otherwise : Integer.parseInt(text);
            if (number < least || number > most) {
                throw new InvalidSetting(name, "must be " + least + " to " + most);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new InvalidSetting(name, "must be a number");
        }
    }

    private double price(String name, double otherwise) {
        @Nullable String text = source.find(name);
        try {
            double price = text == null ? otherwise : Double.parseDouble(text);
            if (!(price >= 0 && price < 1e6)) {
                throw new InvalidSetting(name, "must be dollars, 0 or more");
            }
            return price;
        } catch (NumberFormatException e) {
            throw new InvalidSetting(name, "must be a number of dollars");
        }
    }

    private long size(String name, String otherwise) {
        String text = text(name, otherwise);
        try {
            return text.equals("none") ? 0 : Units.parseSize(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(name, String.valueOf(e.getMessage()));
        }
    }

    private Duration duration(String name, String otherwise) {
        try {
            return Durations.parse(text(name, otherwise));
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(name, String.valueOf(e.getMessage()));
        }
    }
}

package io.glulam.cli;

import io.glulam.cli.config.Configuration;
import io.glulam.cli.config.Configured;
import io.glulam.cli.option.Flag;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code glulam config}. */
final class ConfigCommand extends Subcommand {
    static final String ABOUT =
            "Lists the options that can be set once for all runs, their values, and where each is set.";

    private static final String BUILT_IN = "default";

    /** The defaults of those that are no {@link Setting}. */
    private static final Map<String, String> USUAL = Map.of(
            "memory", "128MiB; 256MiB with smallest",
            "threads", "one per processor",
            "tmp-dir", "the system's folder",
            "spool", "disk",
            "endpoint", "the store's own",
            "region", "AWS_REGION or us-east-1",
            "profile", "AWS_PROFILE",
            "account", "R2_ACCOUNT_ID",
            "color", "auto",
            "progress", "auto");

    private final Flag json = new Flag("As JSON.", "--json");

    ConfigCommand(Main main) {
        super(main, ABOUT);
        add(json);
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Configured> values = values(Configuration.of(main().environment()));
        if (json.isGiven()) {
            Json.print(output(), out -> {
                out.writeStartObject();
                for (Map.Entry<String, Configured> each : values.entrySet()) {
                    out.writeObjectFieldStart(each.getKey());
                    out.writeStringField("value", each.getValue().value());
                    out.writeStringField("origin", each.getValue().origin());
                    out.writeEndObject();
                }
                out.writeEndObject();
            });
        } else {
            print(values);
        }
        return ExitCode.DONE.code();
    }

    private void print(Map<String, Configured> values) {
        int names = widest(values.keySet().stream());
        int texts = widest(values.values().stream().map(Configured::value));
        values.forEach((name, value) -> output().line(String.format(
                Locale.ROOT,
                "--%-" + names + "s  %-" + texts + "s  %s",
                name,
                Texts.printable(value.value()),
                Texts.printable(value.origin()))));
        output().line();
        Path file = Configuration.file(main().environment());
        output().line("A value is set by a variable, such as GLULAM_EFFORT=copy"
                + (file == null ? "." : ", or by a line, such as effort = copy, in"));
        if (file != null) {
            output().line(Texts.printable(file + ". Options on the command line come first, then variables."));
        }
    }

    private static int widest(Stream<String> texts) {
        return texts.mapToInt(text -> Texts.printable(text).length()).max().orElse(1);
    }

    private static Map<String, Configured> values(Configuration configuration) {
        Map<String, String> usual = new HashMap<>(USUAL);
        Setting.offered().forEach(setting -> usual.put(setting.name(), setting.usualText()));
        Map<String, Configured> values = new LinkedHashMap<>();
        for (String name : Configuration.NAMES) {
            Configured set = configuration.get(name);
            values.put(name, set == null ? new Configured(usual.getOrDefault(name, ""), BUILT_IN) : set);
        }
        return values;
    }
}

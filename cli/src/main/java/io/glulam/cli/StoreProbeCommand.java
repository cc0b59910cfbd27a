package io.glulam.cli;

import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.TextTable;
import io.glulam.s3.S3Probe;
import io.glulam.s3.S3Uri;
import io.glulam.storage.StoreAbility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code glulam store probe}. */
final class StoreProbeCommand extends Subcommand {
    static final String ABOUT = "Tests what a store can do with temporary objects of 6 MiB, and removes them.";

    private final Value<String> prefix =
            Value.argument(0, Kind.TEXT, "PREFIX", "The prefix for temporary objects: s3://BUCKET/PREFIX/.");
    private final Flag json = new Flag("The findings as JSON.", "--json");
    private final StoreOptions stores = new StoreOptions();

    StoreProbeCommand(Main main) {
        super(main, ABOUT);
        add(prefix, json, stores);
    }

    @Override
    public Integer call() {
        S3Uri uri = stores.access().uri(prefix.required(), line());
        Set<StoreAbility> found = new S3Probe(stores.access().stores().store(uri), uri.key()).run();
        Output out = output();
        if (json.isGiven()) {
            Json.print(out, generator -> {
                generator.writeStartObject();
                for (StoreAbility ability : StoreAbility.values()) {
                    generator.writeBooleanField(ability.name().toLowerCase(Locale.ROOT), found.contains(ability));
                }
                generator.writeEndObject();
            });
            return ExitCode.DONE.code();
        }
        TextTable table = new TextTable("ability", "found", "without it");
        List<String> missing = new ArrayList<>();
        for (StoreAbility ability : StoreAbility.values()) {
            boolean has = found.contains(ability);
            table.add(ability.word(), has ? "yes" : "no", has ? "" : without(ability));
            if (!has) {
                missing.add(ability.word());
            }
        }
        table.lines(0, out.width()).forEach(out::line);
        if (!missing.isEmpty()) {
            out.line();
            out.line("For this store use --without " + String.join(",", missing));
        }
        return ExitCode.DONE.code();
    }

    /** Returns the consequence of a missing ability. */
    private static String without(StoreAbility ability) {
        return switch (ability) {
            case PART_COPY -> "everything is downloaded and uploaded";
            case CONDITIONAL_SOURCE -> "the source's version is checked after copying";
            case FREE_PARTS -> "up to one part more is moved at each seam";
            case CONDITIONAL_PUBLISH -> "the object's version is checked just before it is replaced";
            case SUFFIX_RANGES -> "opening an object takes one request more";
        };
    }
}

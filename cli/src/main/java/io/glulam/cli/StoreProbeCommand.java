package io.glulam.cli;

import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.TextTable;
import io.glulam.s3.S3Probe;
import io.glulam.s3.S3Uri;
import java.util.ArrayList;
import java.util.List;

/** {@code glulam store probe}. */
final class StoreProbeCommand extends Subcommand {
    static final String ABOUT = "Finds out what a store can do, with temporary objects of 6 MiB that it removes.";

    private final Value<String> prefix =
            Value.argument(0, Kind.TEXT, "PREFIX", "Where temporary objects may lie: s3://BUCKET/PREFIX/.");
    private final Flag json = new Flag("The findings as JSON.", "--json");
    private final StoreOptions stores = new StoreOptions();

    StoreProbeCommand(Main main) {
        super(main, ABOUT);
        add(prefix, json, stores);
    }

    @Override
    public Integer call() {
        S3Uri uri = stores.access().uri(prefix.required(), line());
        S3Probe.Findings found = new S3Probe(stores.access().stores().store(uri), uri.key()).run();
        Output out = output();
        if (json.isGiven()) {
            Json.print(out, generator -> {
                generator.writeStartObject();
                generator.writeBooleanField("part_copy", found.partCopy());
                generator.writeBooleanField("conditional_source", found.conditionalSource());
                generator.writeBooleanField("free_parts", found.freeParts());
                generator.writeBooleanField("conditional_publish", found.conditionalPublish());
                generator.writeBooleanField("suffix_ranges", found.suffixRanges());
                generator.writeEndObject();
            });
            return ExitCode.DONE.code();
        }
        TextTable table = new TextTable("ability", "found", "without it");
        List<String> missing = new ArrayList<>();
        add(table, missing, "part-copy", found.partCopy(), "everything is downloaded and uploaded");
        add(table, missing, "conditional-source", found.conditionalSource(), "the source is looked at after copying");
        add(table, missing, "free-parts", found.freeParts(), "up to one part more is moved at each seam");
        add(
                table,
                missing,
                "conditional-publish",
                found.conditionalPublish(),
                "the object is looked at just before it is replaced");
        add(table, missing, "suffix-ranges", found.suffixRanges(), "opening an object takes one request more");
        table.lines(0, out.width()).forEach(out::line);
        if (!missing.isEmpty()) {
            out.line();
            out.line("For this store say --without " + String.join(",", missing));
        }
        return ExitCode.DONE.code();
    }

    private static void add(TextTable table, List<String> missing, String ability, boolean found, String without) {
        table.add(ability, found ? "yes" : "no", found ? "" : without);
        if (!found) {
            missing.add(ability);
        }
    }
}

package io.glulam.cli;

import io.glulam.cli.text.Output;
import io.glulam.cli.text.TextTable;
import io.glulam.s3.S3Probe;
import io.glulam.s3.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code glulam store probe}. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        description = "Finds out what a store can do, with temporary objects of 6 MiB that it removes.")
final class StoreProbeCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private StoreCommand parent;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "PREFIX", description = "Where temporary objects may lie: s3://BUCKET/PREFIX/.")
    private String prefix = "";

    @Option(names = "--json", description = "The findings as JSON.")
    private boolean json;

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Override
    public Integer call() {
        S3Uri uri = stores.access().uri(prefix, spec.commandLine());
        S3Probe.Findings found = new S3Probe(stores.access().stores().store(uri), uri.key()).run();
        Output out = parent.main().output();
        if (json) {
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

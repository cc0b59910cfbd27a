package io.glulam.cli;

import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The argument that names a table, and the options that say how it is reached. */
final class TableOptions implements CommandPart {
    /** How a table is named, for the help of commands on files. */
    static final String FORMS = "iceberg:CATALOG.NAMESPACE.TABLE, delta:FOLDER";

    private final Value<String> address = Value.argument(
            0, Kind.TEXT, "TABLE", "iceberg:CATALOG.NAMESPACE.TABLE, or delta:FOLDER (s3://BUCKET/PREFIX, too).");
    private final Value<Path> catalogs = Value.option(
            Kind.PATH,
            "FILE",
            "Where catalogs are configured (default: ~/.config/glulam/catalogs.properties).",
            "--catalog-config");
    private final Value<List<String>> properties = Value.repeated(
            Kind.TEXT,
            "KEY=VALUE",
            "A property of the table's catalog, by Iceberg's keys; no secrets. May be given several times.",
            "--catalog-property");

    @Override
    public void addTo(CommandSpec spec) {
        address.addTo(spec);
        catalogs.addTo(spec);
        properties.addTo(spec);
    }

    /** Returns whether any of a command's arguments is meant as the address of a table. */
    static boolean areMeantBy(String... arguments) {
        for (String argument : arguments) {
            if (argument.startsWith("iceberg:") || argument.startsWith("delta:")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the address.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is none
     */
    TableAddress address() {
        return TableAddress.parse(address.required());
    }

    @Nullable
    Path catalogs() {
        return catalogs.get();
    }

    List<String> properties() {
        return properties.or(List.of());
    }

    /** The options that select what of a table is compacted, and how. */
    static final class Selection implements CommandPart {
        private final Value<String> where = Value.option(
                Kind.TEXT,
                "FILTER",
                "Only files that may hold rows of the filter, such as \"day >= DATE '2026-11-01'\".",
                "--where");
        private final Value<String> branch = Value.option(
                Kind.TEXT, "BRANCH", "Iceberg: read and commit to this branch (default: main).", "--branch");
        private final Value<List<String>> options = Value.repeated(
                Kind.TEXT,
                "NAME=VALUE",
                "An option by the format's own name, as of Iceberg's rewrite_data_files. May be given several times.",
                "--option");
        private final Value<Long> targetFileSize = Value.option(
                Words.SIZE, "SIZE", "target-file-size-bytes (default: the table's).", "--target-file-size");
        private final Value<Integer> minInputFiles = Value.option(
                Kind.INTEGER,
                "N",
                "min-input-files: merge groups of at least N files (default: 5; of Delta tables 2).",
                "--min-input-files");
        private final Value<Long> maxGroupSize = Value.option(
                Words.SIZE, "SIZE", "Iceberg: max-file-group-size-bytes (default: 100GiB).", "--max-group-size");
        private final Value<Integer> maxFiles =
                Value.option(Kind.INTEGER, "N", "max-files-to-rewrite: merge at most N files.", "--max-files");
        private final Value<Integer> maxFooters = Value.option(
                Kind.INTEGER,
                "N",
                "Read at most N footers while planning (default: 1000); other files are judged by metadata.",
                "--max-footers");

        private final Flag applyDeletes = new Flag(
                "Also merge files to which position deletes or deletion vectors apply, without the deleted rows.",
                "--apply-deletes");

        @Override
        public void addTo(CommandSpec spec) {
            where.addTo(spec);
            branch.addTo(spec);
            options.addTo(spec);
            targetFileSize.addTo(spec);
            minInputFiles.addTo(spec);
            maxGroupSize.addTo(spec);
            maxFiles.addTo(spec);
            maxFooters.addTo(spec);
            applyDeletes.addTo(spec);
        }

        /**
         * Returns the request.
         *
         * @throws IllegalArgumentException with a sentence for people, if an option is not {@code NAME=VALUE} or twofold
         */
        TableRequest request() {
            Map<String, String> all = new HashMap<>();
            for (String pair : options.or(List.of())) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("--option takes NAME=VALUE, not '" + pair + "'");
                }
                put(all, pair.substring(0, equals), pair.substring(equals + 1));
            }
            put(all, "target-file-size-bytes", targetFileSize.get());
            put(all, "min-input-files", minInputFiles.get());
            put(all, "max-file-group-size-bytes", maxGroupSize.get());
            put(all, "max-files-to-rewrite", maxFiles.get());
            int footers = maxFooters.or(TableRequest.MAX_FOOTERS);
            if (footers < 0) {
                throw new IllegalArgumentException("--max-footers is at least 0");
            }
            return new TableRequest(all, where.get(), branch.get(), footers, applyDeletes.isGiven());
        }

        private static void put(Map<String, String> all, String name, @Nullable Object value) {
            if (value != null && all.put(name, value.toString()) != null) {
                throw new IllegalArgumentException("the option " + name + " is given twice");
            }
        }
    }
}

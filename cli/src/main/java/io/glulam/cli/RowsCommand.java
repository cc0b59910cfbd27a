package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.OpenedFooter;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.cli.rows.ArrowRows;
import io.glulam.cli.rows.CsvRows;
import io.glulam.cli.rows.JsonRows;
import io.glulam.cli.rows.RowFormat;
import io.glulam.cli.rows.RowPrinter;
import io.glulam.cli.rows.RowSelection;
import io.glulam.cli.rows.TableRows;
import io.glulam.format.SchemaNode;
import io.glulam.rows.RowReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** {@code glulam head}, {@code tail}, {@code sample} and {@code cat}. */
final class RowsCommand extends Subcommand {
    private static final int FEW = 10;
    private static final String MEMORY =
            "at least 96MiB (default: 128MiB); with --format arrow at least 192MiB (256MiB)";

    /** Which rows of a file, and what the help says of the command. */
    enum Which {
        FIRST("Prints the first rows."),
        LAST("Prints the last rows."),
        RANDOM("Prints random rows."),
        ALL("Prints all rows.");

        private final String about;

        Which(String about) {
            this.about = about;
        }

        String about() {
            return about;
        }
    }

    private final Which which;
    private final Value<String> file =
            Value.argument(0, Kind.TEXT, "FILE", "A Parquet file or an object (s3://, r2://).");
    private final Value<List<String>> columns =
            Value.options(Kind.TEXT, "NAME", "Only these columns, in this order (default: all).", "--columns");
    private final Value<Integer> count =
            Value.option(Kind.INTEGER, "N", "Number of rows (default: " + FEW + ").", "-n", "--rows");
    private final Value<Long> seed =
            Value.option(Kind.LONG, "N", "The same number gives the same rows (default: a random number).", "--seed");
    private final Value<RowFormat> format;
    private final StoreOptions stores = new StoreOptions();

    RowsCommand(Main main, Which which) {
        super(main, which.about());
        this.which = which;
        this.format = Value.option(
                Words.constant(RowFormat.class),
                "FORMAT",
                "table, json (an object a line), csv or arrow (a stream of Arrow's IPC format; default: "
                        + (which == Which.ALL ? "json" : "table") + ").",
                "--format");
        add(file, columns);
        if (which != Which.ALL) {
            add(count);
        }
        if (which == Which.RANDOM) {
            add(seed);
        }
        add(format, new MemoryOption(MEMORY), stores);
    }

    @Override
    public Integer call() {
        int wanted = count.or(FEW);
        RowFormat form = format.or(which == Which.ALL ? RowFormat.JSON : RowFormat.TABLE);
        if (wanted < 0) {
            throw misused("-n " + wanted + " is below 0");
        }
        if (form == RowFormat.TABLE && (which == Which.ALL || wanted > TableRows.MAX_ROWS)) {
            throw misused("a table has at most " + TableRows.MAX_ROWS + " rows: use --format json or csv");
        }
        if (form == RowFormat.ARROW && output().terminal().results()) {
            throw misused("--format arrow writes bytes that a terminal cannot show: redirect them to a file or a pipe");
        }
        CompactionOptions options = CompactionOptions.defaults();
        try (OpenedFooter opened = OpenedFooter.of(stores.object(file.required(), line()), options)) {
            List<SchemaNode> shown = chosen(opened.footer().schema().root());
            LongStream selection = selection(wanted, opened.footer().rowCount()).takeWhile(row -> !output().isLost());
            if (form == RowFormat.ARROW) {
                ArrowRows.write(output(), opened, shown, selection);
            } else {
                print(opened, shown, selection, printer(form, shown));
            }
        }
        return ExitCode.DONE.code();
    }

    private List<SchemaNode> chosen(SchemaNode root) {
        if (!columns.isGiven()) {
            return root.children();
        }
        List<SchemaNode> chosen = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (String name : columns.required()) {
            if (!named.add(name)) {
                throw misused("--columns names " + name + " twice");
            }
            chosen.add(root.children().stream()
                    .filter(node -> node.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> misused("no column " + name + "; there are: " + names(root))));
        }
        return chosen;
    }

    private static String names(SchemaNode root) {
        return String.join(", ", root.children().stream().map(SchemaNode::name).toList());
    }

    private LongStream selection(int wanted, long total) {
        return switch (which) {
            case FIRST -> RowSelection.first(wanted, total);
            case LAST -> RowSelection.last(wanted, total);
            case RANDOM ->
                RowSelection.random(wanted, total, seed.isGiven() ? new Random(seed.required()) : new Random());
            case ALL -> RowSelection.first(total, total);
        };
    }

    private RowPrinter printer(RowFormat form, List<SchemaNode> shown) {
        return switch (form) {
            case TABLE -> new TableRows(output(), shown);
            case JSON -> new JsonRows(output(), shown);
            case CSV -> new CsvRows(output(), shown);
            case ARROW -> throw new IllegalArgumentException("rows of Arrow are not printed one by one");
        };
    }

    private static void print(OpenedFooter file, List<SchemaNode> shown, LongStream selection, RowPrinter printer) {
        try (RowReader rows = file.rows(shown)) {
            for (PrimitiveIterator.OfLong wanted = selection.iterator(); wanted.hasNext(); ) {
                rows.moveTo(wanted.nextLong());
                @Nullable Object @Nullable [] row = rows.next();
                if (row == null) {
                    break;
                }
                printer.print(row);
            }
        }
        printer.finish();
    }
}

package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.progress.Progress;
import io.glulam.cli.table.TableJson;
import io.glulam.cli.table.TableText;
import io.glulam.tables.CommitStateUnknown;
import io.glulam.tables.Outcome;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.TableVerification;
import io.glulam.tables.delta.DeltaTables;
import io.glulam.tables.iceberg.IcebergTables;
import java.util.List;

/**
 * {@code glulam inspect}, {@code plan}, {@code compact} and {@code verify} of a table. Apart from the commands on files, so
 * that those load no class of table formats.
 */
abstract class TableCommand extends Subcommand {
    private final TableOptions tables = new TableOptions();
    private final StoreOptions stores = new StoreOptions();
    private final Flag json = new Flag("Print one JSON document, on one line.", "--json");
    private final ResourceOptions resources = new ResourceOptions(MemoryOption.OF_TABLES);

    private TableCommand(Main main, String about) {
        super(main, about);
        add(tables, stores, json, resources);
    }

    /** Returns the command of a name for tables. */
    static Subcommand of(String name, Main main) {
        return switch (name) {
            case "inspect" -> new Inspecting(main);
            case "plan" -> new Planning(main);
            case "compact" -> new Compacting(main);
            case "verify" -> new Verifying(main);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Works on the open table. */
    abstract ExitCode run(Table table);

    /** Returns the settings of the run. */
    CompactionOptions compaction() {
        return resources.options(line());
    }

    final ResourceOptions resources() {
        return resources;
    }

    final boolean isJson() {
        return json.isGiven();
    }

    @Override
    public Integer call() {
        try (Table table = open()) {
            return run(table).code();
        } catch (CommitStateUnknown unknown) {
            output().messages().println("glulam: " + unknown.getMessage());
            unknown.files().forEach(file -> output().messages().println("glulam:   " + file));
            return ExitCode.STATE_UNKNOWN.code();
        } catch (IllegalArgumentException misuse) {
            throw misused(String.valueOf(misuse.getMessage()));
        }
    }

    private Table open() {
        TableAddress address = tables.address();
        if (address instanceof TableAddress.Iceberg iceberg) {
            if (stores.anyTyped()) {
                throw new IllegalArgumentException(
                        "--endpoint, --region, --profile, --account and --without reach the store of a Delta table; the"
                                + " store of an Iceberg table is configured with its catalog");
            }
            IcebergTables.Access access =
                    new IcebergTables.Access(tables.catalogs(), tables.properties(), System.getenv());
            return IcebergTables.open(iceberg, access, compaction());
        }
        return DeltaTables.open(
                (TableAddress.Delta) address, () -> stores.access().stores(), compaction());
    }

    final void show(TablePlan plan, boolean state) {
        if (isJson()) {
            Json.print(output(), out -> TableJson.write(out, plan));
        } else if (state) {
            new TableText(output()).printState(plan);
        } else {
            new TableText(output()).printPlan(plan);
        }
    }

    /** {@code inspect}. */
    private static final class Inspecting extends TableCommand {
        private final TableOptions.Selection selection = new TableOptions.Selection();

        Inspecting(Main main) {
            super(main, InspectCommand.ABOUT);
            add(selection);
        }

        @Override
        ExitCode run(Table table) {
            show(table.plan(selection.request()), true);
            return ExitCode.DONE;
        }
    }

    /** {@code plan}. */
    private static final class Planning extends TableCommand {
        private final TableOptions.Selection selection = new TableOptions.Selection();
        private final Flag exitCode = new Flag("Exit with 10 if there is nothing to compact.", "--exit-code");

        Planning(Main main) {
            super(main, PlanCommand.ABOUT);
            add(selection, exitCode);
        }

        @Override
        ExitCode run(Table table) {
            TablePlan plan = table.plan(selection.request());
            show(plan, false);
            return exitCode.isGiven() && plan.outcome() != Outcome.COMPACTED ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
        }
    }

    /** {@code compact}. */
    private static final class Compacting extends TableCommand {
        private final TableOptions.Selection selection = new TableOptions.Selection();
        private final LayoutOptions layout = new LayoutOptions();
        private final Flag dryRun = new Flag("Show what would be done; write nothing.", "--dry-run");
        private final Flag exitCode = new Flag("Exit with 10 if there was nothing to compact.", "--exit-code");
        private final ProgressOption progress = new ProgressOption();

        Compacting(Main main) {
            super(main, CompactCommand.ABOUT);
            add(selection, layout, dryRun, exitCode, progress);
        }

        @Override
        CompactionOptions compaction() {
            return resources().applyTo(CompactionOptions.defaults().withSettings(layout.settings()));
        }

        @Override
        ExitCode run(Table table) {
            TableRequest request = selection.request();
            Outcome outcome = dryRun.isGiven() ? planned(table, request) : compacted(table, request);
            return exitCode.isGiven() && outcome != Outcome.COMPACTED ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
        }

        private Outcome planned(Table table, TableRequest request) {
            TablePlan plan = table.plan(request);
            show(plan, false);
            return plan.outcome();
        }

        private Outcome compacted(Table table, TableRequest request) {
            TableReport report;
            try (Progress shown = progress.begin(output())) {
                report = table.compact(request, listener(shown));
            }
            if (isJson()) {
                Json.print(output(), out -> TableJson.write(out, report));
            } else if (!progress.isQuiet()) {
                new TableText(output()).printReport(report);
            }
            return report.outcome();
        }

        private static TableListener listener(Progress shown) {
            return new TableListener() {
                @Override
                public void written(int done, int outputs) {
                    shown.files(done, outputs);
                }
            };
        }
    }

    /** {@code verify}. */
    private static final class Verifying extends TableCommand {
        private final Value<List<Long>> snapshots =
                Value.pair(Kind.LONG, "SNAPSHOT", "The two snapshots or versions to compare.", "--snapshots");

        Verifying(Main main) {
            super(main, VerifyCommand.ABOUT);
            add(snapshots);
        }

        @Override
        ExitCode run(Table table) {
            List<Long> ids = snapshots.or(List.of());
            if (ids.size() != 2) {
                throw misused("verify of a table needs --snapshots A B");
            }
            TableVerification verification = table.verify(ids.get(0), ids.get(1));
            if (isJson()) {
                Json.print(output(), out -> TableJson.write(out, verification));
            } else {
                new TableText(output()).printVerification(verification);
            }
            return verification.equal() ? ExitCode.DONE : ExitCode.DIFFERENT;
        }
    }
}

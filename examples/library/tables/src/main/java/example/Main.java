package example;

import io.glulam.CompactionOptions;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.iceberg.IcebergTables;
import java.util.List;

/** Plans and compacts an Iceberg table. */
public final class Main {
    private Main() {}

    /** @param arguments the table, as {@code iceberg:CATALOG.DB.TABLE}, then its catalog's properties, as {@code KEY=VALUE} */
    public static void main(String[] arguments) {
        List<String> properties = List.of(arguments).subList(1, arguments.length);
        IcebergTables.Access access = new IcebergTables.Access(null, properties, System.getenv());
        if (!(TableAddress.parse(arguments[0]) instanceof TableAddress.Iceberg address)) {
            throw new IllegalArgumentException(arguments[0] + " is no Iceberg table");
        }
        try (Table table = IcebergTables.open(address, access, CompactionOptions.defaults())) {
            TablePlan plan = table.plan(TableRequest.defaults());
            System.out.println("Planned: " + plan.outcome());
            TableReport report = table.compact(TableRequest.defaults(), TableListener.NONE);
            System.out.println(report.outcome() + ", " + report.counts().rewrittenDataFiles() + " files became "
                    + report.counts().addedDataFiles());
        }
    }
}

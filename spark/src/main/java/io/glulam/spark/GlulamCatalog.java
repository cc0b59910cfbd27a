package io.glulam.spark;

import io.glulam.spark.procedure.InspectProcedure;
import io.glulam.spark.procedure.RewriteProcedure;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.ProcedureCatalog;
import org.apache.spark.sql.connector.catalog.procedures.UnboundProcedure;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A catalog that holds procedures only, so that the user's own catalogs stay as they are: {@code
 * spark.sql.catalog.glulam=io.glulam.spark.GlulamCatalog}, then {@code CALL glulam.system.rewrite_data_files(...)}. Spark makes
 * it by its name.
 */
public final class GlulamCatalog implements ProcedureCatalog {
    private static final String SYSTEM = "system";

    private final Map<String, UnboundProcedure> procedures = new TreeMap<>();
    private String name = "";

    @Override
    public void initialize(String newName, CaseInsensitiveStringMap options) {
        name = newName;
        for (UnboundProcedure procedure : new UnboundProcedure[] {new RewriteProcedure(), new InspectProcedure()}) {
            procedures.put(procedure.name(), procedure);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public UnboundProcedure loadProcedure(Identifier identifier) {
        UnboundProcedure found = isSystem(identifier.namespace())
                ? procedures.get(identifier.name().toLowerCase(Locale.ROOT))
                : null;
        if (found == null) {
            throw new IllegalArgumentException("there is no procedure " + identifier + "; known are " + name + "."
                    + SYSTEM + "." + String.join(", " + name + "." + SYSTEM + ".", procedures.keySet()));
        }
        return found;
    }

    /** Spark asks from 4.1 on. */
    @Override
    public Identifier[] listProcedures(String[] namespace) {
        return isSystem(namespace)
                ? procedures.keySet().stream()
                        .map(procedure -> Identifier.of(namespace, procedure))
                        .toArray(Identifier[]::new)
                : new Identifier[0];
    }

    private static boolean isSystem(String[] namespace) {
        return namespace.length == 1 && namespace[0].equalsIgnoreCase(SYSTEM);
    }
}

package io.glulam.spark.procedure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The procedures of a catalog, all of the namespace {@code system}. Immutable. */
public final class Procedures {
    private static final String SYSTEM = "system";

    private final String catalog;
    private final Map<String, TableProcedure> procedures = new TreeMap<>();

    /** @param catalog the name that the session gives to the catalog */
    public Procedures(String catalog) {
        this.catalog = catalog;
        for (TableProcedure procedure : List.of(
                new RewriteProcedure(), new OptimizeProcedure(), new MergeProcedure(), new InspectProcedure())) {
            procedures.put(procedure.name(), procedure);
        }
    }

    /**
     * Finds a procedure; upper and lower case do not differ.
     *
     * @throws IllegalArgumentException with a sentence for people, if there is none
     */
    public TableProcedure find(String[] namespace, String name) {
        TableProcedure found = names(namespace).isEmpty() ? null : procedures.get(name.toLowerCase(Locale.ROOT));
        if (found == null) {
            String prefix = catalog + "." + SYSTEM + ".";
            throw new IllegalArgumentException("there is no procedure "
                    + String.join(".", namespace) + "." + name + "; known are " + prefix
                    + String.join(", " + prefix, procedures.keySet()));
        }
        return found;
    }

    /** Returns the names of the procedures of a namespace. */
    public List<String> names(String[] namespace) {
        return namespace.length == 1 && namespace[0].equalsIgnoreCase(SYSTEM)
                ? List.copyOf(procedures.keySet())
                : List.of();
    }
}

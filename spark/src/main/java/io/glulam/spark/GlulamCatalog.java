package io.glulam.spark;

import io.glulam.spark.procedure.Procedures;
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
    private String name = "";

    @Override
    public void initialize(String newName, CaseInsensitiveStringMap options) {
        name = newName;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public UnboundProcedure loadProcedure(Identifier identifier) {
        return new CalledProcedure(new Procedures(name).find(identifier.namespace(), identifier.name()));
    }

    /** Spark asks from 4.1 on. */
    @Override
    public Identifier[] listProcedures(String[] namespace) {
        return new Procedures(name)
                .names(namespace).stream()
                        .map(procedure -> Identifier.of(namespace, procedure))
                        .toArray(Identifier[]::new);
    }
}

package io.glulam.spark;

import io.glulam.spark.procedure.Procedures;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.iceberg.catalog.Procedure;
import org.apache.spark.sql.connector.iceberg.catalog.ProcedureCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A catalog that holds procedures only, so that the user's own catalogs stay as they are: {@code
 * spark.sql.catalog.glulam=io.glulam.spark.GlulamCatalog}, then {@code CALL glulam.system.rewrite_data_files(...)}. Spark makes
 * it by its name. Spark 3.5 has no CALL of its own: Iceberg's extensions parse it, if the procedure has the name of one of
 * Iceberg's.
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
    public Procedure loadProcedure(Identifier identifier) {
        return new CalledProcedure(new Procedures(name).find(identifier.namespace(), identifier.name()));
    }
}

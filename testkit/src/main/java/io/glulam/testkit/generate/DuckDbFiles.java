package io.glulam.testkit.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Files written by DuckDB. */
public final class DuckDbFiles {
    private DuckDbFiles() {}

    /** Writes the file of a recipe: the same recipe gives the same bytes. */
    public static Path write(DuckDbRecipe recipe, Path file) throws IOException {
        return write(recipe.query(), recipe.rowGroupRows(), recipe.options(), file);
    }

    /**
     * Writes the rows of a query.
     *
     * @param rowGroupRows rounded up to a multiple of {@link DuckDbRecipe#VECTOR}
     * @param options further options of COPY, such as {@code COMPRESSION zstd}
     */
    public static Path write(String query, int rowGroupRows, String options, Path file) throws IOException {
        try (DuckDbSession duck = DuckDbSession.open()) {
            duck.copy(query, file, "ROW_GROUP_SIZE " + rowGroupRows + ", " + options);
            return file;
        } catch (SQLException e) {
            throw new IOException("DuckDB does not write " + query, e);
        }
    }
}

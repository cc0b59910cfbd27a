package io.glulam.testkit.generate;

import java.io.IOException;
import java.nio.file.Path;

/** Files written by parquet-java. */
public final class ParquetJavaFiles {
    private ParquetJavaFiles() {}

    /** Writes the file of a recipe: the same recipe gives the same bytes. */
    public static Generated write(FileRecipe recipe, Path file) throws IOException {
        boolean checksums = recipe.fragments().isEmpty()
                || recipe.fragments().get(0).settings().has(WriterSettings.Feature.CHECKSUMS);
        RowGenerator rows = recipe.rowGenerator();
        try (GroupFileWriter writer = GroupFileWriter.create(file, recipe.schema(), recipe.metadata(), checksums)) {
            for (Fragment fragment : recipe.fragments()) {
                writer.writeRowGroup(fragment.settings(), rows, fragment.rows());
            }
        }
        return new Generated(file, recipe);
    }
}

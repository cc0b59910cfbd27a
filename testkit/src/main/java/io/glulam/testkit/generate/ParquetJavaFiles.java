package io.glulam.testkit.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    /**
     * Writes each row group of a recipe to a file of its own: together they hold the rows that {@link #write} puts into one.
     *
     * @return the files, in the order of the rows; their names sort so
     */
    public static List<Path> writeEach(FileRecipe recipe, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        RowGenerator rows = recipe.rowGenerator();
        for (Fragment fragment : recipe.fragments()) {
            boolean checksums = fragment.settings().has(WriterSettings.Feature.CHECKSUMS);
            Path file = folder.resolve("part-%05d.parquet".formatted(files.size()));
            try (GroupFileWriter writer = GroupFileWriter.create(file, recipe.schema(), recipe.metadata(), checksums)) {
                writer.writeRowGroup(fragment.settings(), rows, fragment.rows());
            }
            files.add(file);
        }
        return files;
    }
}

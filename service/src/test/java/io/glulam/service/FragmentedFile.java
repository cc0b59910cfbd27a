package io.glulam.service;

import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.SchemaGenerator;
import io.glulam.testkit.generate.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files of several row groups, all of them fragments. */
public final class FragmentedFile {
    private FragmentedFile() {}

    /** Writes one of five row groups, and its folders. */
    public static Path write(Path file) {
        return write(file, Seeds.base());
    }

    /** As {@link #write(Path)}, other ones for other seeds. */
    public static Path write(Path file, long seed) {
        try {
            Files.createDirectories(file.getParent());
            FileRecipe recipe = FileRecipe.of(seed, SchemaGenerator.flat(seed));
            ParquetJavaFiles.write(recipe.withRows(300, 200, 400, 100, 250), file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

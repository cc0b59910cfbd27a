package io.glulam.testkit.generate;

import java.nio.file.Path;

/** A file and what it was made from; prints as the recipe, for failure messages. */
public record Generated(Path file, FileRecipe recipe) {
    @Override
    public String toString() {
        return file.getFileName() + " from " + recipe;
    }
}

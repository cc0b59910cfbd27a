package io.glulam.cli;

import io.glulam.cli.demo.DemoFile;
import java.nio.file.Path;

/** Small fragmented files for tests. */
final class Demo {
    private Demo() {}

    /** A new file of that many row groups of 20,000 rows, each of about 1 MB. */
    static Path file(Path folder, String name, int rowGroups) {
        Path file = folder.resolve(name);
        DemoFile.write(file, rowGroups, (written, of) -> {});
        return file;
    }
}

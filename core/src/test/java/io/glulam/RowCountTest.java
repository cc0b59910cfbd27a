package io.glulam;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row groups that hold other than their number of rows would shift the rows behind them: they are not merged. */
class RowCountTest {
    @TempDir
    Path folder;

    @Test
    void aFlatColumnOfOtherThanItsRowsIsCorrupt() throws IOException {
        assertCorrupt(0, new SchemaScript().required("id", Type.INT64), "values in a row group of");
    }

    @Test
    void aNestedColumnOfOtherThanItsRowsIsCorrupt() throws IOException {
        assertCorrupt(5, new SchemaScript().list("numbers", 1, Type.INT32), "rows in a row group of");
    }

    /** One column, whose first row group has a row more than its footer entry says. */
    private void assertCorrupt(int leaf, SchemaScript schema, String message) throws IOException {
        FileScript whole = NastyFiles.all(Seeds.base()).stream()
                .filter(file -> file.name().equals("plain-v1"))
                .findFirst()
                .orElseThrow()
                .script();
        FileScript script = new FileScript(schema.build(), Seeds.base());
        for (RowGroupScript group : whole.rowGroups()) {
            long wrong = script.rowGroups().isEmpty() ? 1 : 0;
            script.rowGroup(new RowGroupScript(
                    group.rows() - wrong, List.of(group.chunks().get(leaf))));
        }
        Path source = Files.write(folder.resolve("source.parquet"), script.bytes());

        assertThatThrownBy(() ->
                        new Compactor(CompactionOptions.defaults()).compact(source, folder.resolve("output.parquet")))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining(message);
    }
}

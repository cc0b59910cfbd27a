package io.glulam;

import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.plan.Verify;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.io.TempDir;

/** Files of different schemas, and their merge. */
abstract class SchemaMergeCase {
    static final String SNAPPY = "COMPRESSION snappy";

    @TempDir
    Path folder;

    Path duck(String name, String query) throws IOException {
        return DuckDbFiles.write(query, 2048, SNAPPY, folder.resolve(name));
    }

    Path java(String name, String fields) throws IOException {
        FileRecipe recipe = FileRecipe.of(
                        name.hashCode(), MessageTypeParser.parseMessageType("message m { " + fields + " }"))
                .withRows(300);
        return ParquetJavaFiles.write(recipe, folder.resolve(name)).file();
    }

    MergeReport merge(MergeOptions options, Path... files) {
        return new Merger(options).merge(MergeTrial.objects(files), (group, index) -> LocalStore.object(merged(index)));
    }

    MergeReport merge(Path... files) {
        return merge(with(Settings.defaults().withVerify(Verify.VALUES)), files);
    }

    static MergeOptions with(Settings settings) {
        return MergeOptions.defaults()
                .withCompaction(
                        CompactionOptions.defaults().withSettings(settings).withOverwrite(true));
    }

    Path merged(int index) {
        return folder.resolve("merged-" + index + ".parquet");
    }

    Path merged() {
        return merged(0);
    }

    static List<String> firstRow(String sql) {
        try (DuckDbSession duck = DuckDbSession.open()) {
            return duck.rows(sql).get(0);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}

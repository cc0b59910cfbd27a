package io.glulam.arrow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.PageScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no honest writer writes: a repeated group of two leaves whose levels or names are at odds. */
class HostileSchemasTest {
    @TempDir
    Path folder;

    @Test
    void leavesOfTheSameListsWithOtherLengthsAreCorrupt() throws Exception {
        Path file = write("a", "b", new int[] {0, 1, 0}, new int[] {0, 0, 1});

        assertThatThrownBy(() -> Streams.of(file))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("column g.b: its lists have other lengths");
    }

    @Test
    void twoFieldsOfOneNameInAGroupAreRefused() throws Exception {
        Path file = write("a", "a", new int[] {0, 1, 0}, new int[] {0, 1, 0});

        assertThatThrownBy(() -> Streams.of(file))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("column g: two fields a in one struct");
    }

    private Path write(String first, String second, int[] firstLevels, int[] secondLevels) throws Exception {
        FileScript script = new FileScript(
                List.of(
                        new SchemaElement("m").setNum_children(1),
                        new SchemaElement("g")
                                .setRepetition_type(FieldRepetitionType.REPEATED)
                                .setNum_children(2),
                        leaf(first),
                        leaf(second)),
                1);
        script.rowGroup(new RowGroupScript(
                2,
                List.of(
                        chunk(script.leaves().get(0), firstLevels),
                        chunk(script.leaves().get(1), secondLevels))));
        return Files.write(folder.resolve("h.parquet"), script.bytes());
    }

    private static SchemaElement leaf(String name) {
        return new SchemaElement(name)
                .setRepetition_type(FieldRepetitionType.REQUIRED)
                .setType(Type.INT32);
    }

    private static ChunkScript chunk(LeafColumn leaf, int[] repetitionLevels) {
        byte[] one = {1, 0, 0, 0};
        Triplets triplets = new Triplets(repetitionLevels, new int[] {1, 1, 1}, Values.of(one, one, one));
        return new ChunkScript(leaf, triplets).page(PageScript.data(0, 3));
    }
}

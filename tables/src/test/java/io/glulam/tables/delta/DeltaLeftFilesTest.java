package io.glulam.tables.delta;

import static io.glulam.tables.delta.PlainTable.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.TableReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** Files of a Delta table that stay as they are, and are named with the reason. */
class DeltaLeftFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aFileWithADeletionVectorIsLeftAndNamed() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of("delta.enableDeletionVectors", "true"));
        AddFile deleted = table.files().stream()
                .filter(file -> file.getNumRecords().orElseThrow() == 35)
                .findFirst()
                .orElseThrow();
        addDeletionVector(table, deleted);
        List<String> before = table.rows();
        assertThat(before).hasSize(57);

        TableReport report = table.compact();

        assertThat(report.plan().left())
                .filteredOn(left -> left.reason() == LeftReason.DELETION_VECTOR)
                .singleElement()
                .extracting(LeftFiles::examples)
                .isEqualTo(List.of(deleted.getPath()));
        Set<String> paths = table.files().stream().map(AddFile::getPath).collect(Collectors.toSet());
        assertThat(paths).hasSize(2).contains(deleted.getPath());
        assertThat(table.commit(table.version())).doesNotContain(deleted.getPath());
        assertThat(table.rows()).isEqualTo(before);
    }

    /** Deletes the rows 3, 4 and 7 by a vector in the log itself. */
    private static void addDeletionVector(KernelTable table, AddFile file) throws IOException {
        String remove = "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true,\"size\":%d}}";
        String add =
                "{\"add\":{\"path\":\"%s\",\"partitionValues\":{},\"size\":%d,\"modificationTime\":1,\"dataChange\":true,"
                        + "\"stats\":\"{\\\"numRecords\\\":35,\\\"tightBounds\\\":false}\",\"deletionVector\":{\"storageType\":\"i\","
                        + "\"pathOrInlineDv\":\"%s\",\"sizeInBytes\":%d,\"cardinality\":3}}}";
        byte[] vector = deletionVector();
        Files.writeString(
                table.log(table.version() + 1),
                remove.formatted(file.getPath(), file.getSize()) + "\n"
                        + add.formatted(file.getPath(), file.getSize(), Base85Codec.encodeBytes(vector), vector.length)
                        + "\n");
    }

    private static byte[] deletionVector() throws IOException {
        RoaringBitmap rows = RoaringBitmap.bitmapOf(3, 4, 7);
        ByteBuffer bytes =
                ByteBuffer.allocate(16 + rows.serializedSizeInBytes()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(1681511377).putLong(1).putInt(0);
        rows.serialize(bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
        // Base 85 takes four bytes at a time.
        return Arrays.copyOf(bytes.array(), (bytes.capacity() + 3) / 4 * 4);
    }

    @Test
    void aFileThatCannotBeReadIsLeftAndTheOthersAreMerged() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of());
        AddFile damaged = table.files().get(0);
        Files.write(table.folder().resolve(damaged.getPath()), new byte[(int) damaged.getSize()]);

        TableReport report = table.compact();

        assertThat(report.counts().rewrittenDataFiles()).isEqualTo(2);
        assertThat(report.plan().left()).singleElement().satisfies(left -> {
            assertThat(left.reason()).isEqualTo(LeftReason.REFUSED);
            assertThat(left.examples())
                    .singleElement()
                    .asString()
                    .startsWith(damaged.getPath() + ": not a Parquet file");
        });
        assertThat(table.files()).hasSize(2).anyMatch(file -> file.getPath().equals(damaged.getPath()));
    }

    @Test
    void filesOutsideOfTheFolderAreLeft() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of());
        KernelTable other = new KernelTable(folder.resolve("other")).create(PlainTable.SCHEMA, Map.of());
        other.append(rows(100, 110));
        String path =
                other.folder().resolve(other.files().get(0).getPath()).toUri().toString();
        Files.writeString(
                table.log(4),
                "{\"add\":{\"path\":\"%s\",\"partitionValues\":{},\"size\":%d,\"modificationTime\":1,\"dataChange\":true}}\n"
                        .formatted(path, other.files().get(0).getSize()));

        TableReport report = table.compact();

        assertThat(report.plan().left()).anyMatch(left -> left.reason() == LeftReason.OUTSIDE && left.files() == 1);
        assertThat(table.files()).hasSize(2);
        assertThat(table.rows()).hasSize(70);
    }
}

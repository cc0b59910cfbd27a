package io.glulam.tables.delta;

import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.glulam.tables.SharedTable;
import io.glulam.tables.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * A Delta table on the local disk. Its writers put a version only where none is, by a hard link: the kernel's own look and
 * then rename, so that of two processes one could replace the other's commit. A writer deletes files that it has appended.
 */
public final class SharedDeltaTable implements SharedTable {
    private static final StructType SCHEMA = new StructType()
            .add("id", LongType.LONG)
            .add("name", StringType.STRING)
            .add("day", StringType.STRING);

    private final KernelTable table;

    /** Names of files that this process has appended, by their first id. */
    private final Map<Long, List<String>> appended = new HashMap<>();

    private SharedDeltaTable(KernelTable table) {
        this.table = table;
    }

    /** Makes or opens the table in a folder. */
    public static SharedDeltaTable open(Path folder, boolean create) {
        KernelTable table = new KernelTable(folder.resolve("table"));
        return new SharedDeltaTable(create ? table.create(SCHEMA, Map.of(), "day") : table);
    }

    @Override
    public Table opened() {
        return table.open();
    }

    @Override
    public void append(long firstId, int rowsAFile) {
        try {
            List<String> actions = new ArrayList<>();
            List<String> paths = new ArrayList<>();
            for (int day = 0; day < 2; day++) {
                long first = firstId + day;
                String partition = "day" + day;
                Object[][] rows = LongStream.range(0, rowsAFile)
                        .mapToObj(i -> new Object[] {first + 2 * i, "name " + i, partition})
                        .toArray(Object[][]::new);
                KernelTable.NewFile file = table.write("day", partition, rows);
                paths.add(file.path());
                actions.add(
                        "{\"add\":{\"path\":\"%s\",\"partitionValues\":{\"day\":\"%s\"},\"size\":%d,\"modificationTime\":1,\"dataChange\":true,\"stats\":\"{\\\"numRecords\\\":%d}\"}}"
                                .formatted(file.path(), partition, file.size(), rowsAFile));
            }
            while (!commit(table.version() + 1, actions)) {
                Thread.onSpinWait();
            }
            appended.put(firstId, paths);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean commit(long version, List<String> actions) throws IOException {
        Path prepared = Files.writeString(
                table.log(version).resolveSibling(".prepared-" + UUID.randomUUID()), String.join("\n", actions) + "\n");
        try {
            Files.createLink(table.log(version), prepared);
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        } finally {
            Files.delete(prepared);
        }
    }

    @Override
    public List<Long> delete(long firstId, int rowsAFile, Random random) {
        int day = random.nextInt(2);
        List<String> paths = appended.getOrDefault(firstId, List.of());
        try {
            while (!paths.isEmpty()) {
                long version = table.version();
                String path = paths.get(day);
                if (table.files().stream().noneMatch(file -> file.getPath().equals(path))) {
                    return List.of();
                }
                String remove = "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true}}";
                // The files were read at this version or a later one, which the commit then finds taken.
                if (commit(version + 1, List.of(remove.formatted(path)))) {
                    return LongStream.range(0, rowsAFile)
                            .mapToObj(i -> firstId + day + 2 * i)
                            .toList();
                }
            }
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Long> ids() {
        return rows().stream()
                .map(row -> Long.valueOf(row.replaceFirst("^\\[id=", "").replaceFirst(",.*", "")))
                .sorted()
                .toList();
    }

    @Override
    public List<String> rows() {
        try {
            return table.rows();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<Path> named() {
        try {
            Set<Path> files = new HashSet<>();
            for (AddFile file : table.files()) {
                files.add(table.folder().resolve(file.getPath()));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path data() {
        return table.folder();
    }

    @Override
    public void close() {}
}

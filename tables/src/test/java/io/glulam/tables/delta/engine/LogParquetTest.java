package io.glulam.tables.delta.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.glulam.local.LocalStore;
import io.glulam.rows.MapEntries;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of generated actions, written and read by Glulam and by Kernel's default engine in every combination. */
class LogParquetTest {
    private static final StructType INNER = new StructType()
            .add("flag", BooleanType.BOOLEAN)
            .add("text", StringType.STRING)
            .add("props", new MapType(StringType.STRING, StringType.STRING, true))
            .add("number", IntegerType.INTEGER);

    private static final StructType SCHEMA = new StructType()
            .add("id", LongType.LONG)
            .add("inner", INNER)
            .add("tags", new ArrayType(StringType.STRING, true))
            .add("props", new MapType(StringType.STRING, StringType.STRING, true))
            .add("deep", new StructType().add("inner", INNER));

    private static final ParquetHandler OTHER =
            DefaultEngine.create(new Configuration()).getParquetHandler();

    private final LogParquet ours = new LogParquet(new LogStore(LocalStore.INSTANCE, LocalStore.INSTANCE, ""), 8 << 20);

    @TempDir
    private Path folder;

    private static @Nullable Object[] row(Random random, long id) {
        return new @Nullable Object[] {id, inner(random), list(random), map(random), deep(random)};
    }

    private static @Nullable Object deep(Random random) {
        return random.nextInt(3) == 0 ? null : new @Nullable Object[] {inner(random)};
    }

    private static @Nullable Object inner(Random random) {
        return random.nextInt(4) == 0
                ? null
                : new @Nullable Object[] {
                    random.nextInt(3) == 0 ? null : random.nextBoolean(),
                    text(random),
                    map(random),
                    random.nextInt(3) == 0 ? null : random.nextInt()
                };
    }

    private static @Nullable String text(Random random) {
        return random.nextInt(4) == 0 ? null : "ü".repeat(random.nextInt(3)) + random.nextInt(1000);
    }

    private static @Nullable Object list(Random random) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(text(random));
        }
        return elements;
    }

    private static @Nullable Object map(Random random) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        List<@Nullable Object> keys = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            keys.add("k" + i);
            values.add(text(random));
        }
        return new MapEntries(keys, values);
    }

    private static List<@Nullable Object[]> rows(long seed, int count) {
        Random random = new Random(seed);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(random, i));
        }
        return rows;
    }

    private static CloseableIterator<FilteredColumnarBatch> batches(List<@Nullable Object[]> rows) {
        boolean[] selected = new boolean[rows.size()];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = i % 5 != 1;
        }
        ColumnVector selection = new LogExpressions().createSelectionVector(selected, 0, selected.length);
        return Utils.singletonCloseableIterator(
                new FilteredColumnarBatch(ValueBatch.of(SCHEMA, rows), Optional.of(selection)));
    }

    private static List<String> read(ParquetHandler handler, Path file, StructType schema) throws IOException {
        List<String> rows = new ArrayList<>();
        FileStatus status = FileStatus.of(file.toString(), Files.size(file), 0);
        try (CloseableIterator<FileReadResult> results =
                handler.readParquetFiles(Utils.singletonCloseableIterator(status), schema, Optional.empty())) {
            while (results.hasNext()) {
                var batch = results.next().getData();
                for (int row = 0; row < batch.getSize(); row++) {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < schema.length(); i++) {
                        text.append(text(batch.getColumnVector(i), row)).append('|');
                    }
                    rows.add(text.toString());
                }
            }
        }
        return rows;
    }

    private static String text(ColumnVector values, int row) {
        if (values.isNullAt(row)) {
            return "null";
        }
        var type = values.getDataType();
        if (type instanceof StructType struct) {
            return IntStream.range(0, struct.length())
                    .mapToObj(i -> text(values.getChild(i), row))
                    .toList()
                    .toString();
        }
        if (type instanceof MapType) {
            MapValue map = values.getMap(row);
            return IntStream.range(0, map.getSize())
                    .mapToObj(i -> text(map.getKeys(), i) + "=" + text(map.getValues(), i))
                    .toList()
                    .toString();
        }
        if (type instanceof ArrayType) {
            var list = values.getArray(row);
            return IntStream.range(0, list.getSize())
                    .mapToObj(i -> text(list.getElements(), i))
                    .toList()
                    .toString();
        }
        return switch (type.toString()) {
            case "long" -> Long.toString(values.getLong(row));
            case "integer" -> Integer.toString(values.getInt(row));
            case "boolean" -> Boolean.toString(values.getBoolean(row));
            default -> "'" + values.getString(row) + "'";
        };
    }

    @Test
    void whatEitherWritesBothReadTheSame() throws IOException {
        for (long seed = 1; seed <= 6; seed++) {
            List<@Nullable Object[]> rows = rows(seed, seed == 6 ? 60_000 : (int) seed * 40);
            Path mine = folder.resolve("mine" + seed + ".parquet");
            Path other = folder.resolve("other" + seed + ".parquet");
            ours.writeParquetFileAtomically(mine.toString(), batches(rows));
            OTHER.writeParquetFileAtomically(other.toString(), batches(rows));

            List<String> expected = read(OTHER, other, SCHEMA);
            assertThat(expected).hasSize(rows.size() - rows.size() / 5);
            assertThat(read(ours, other, SCHEMA)).as("seed " + seed).isEqualTo(expected);
            assertThat(read(OTHER, mine, SCHEMA)).as("seed " + seed).isEqualTo(expected);
            assertThat(read(ours, mine, SCHEMA)).as("seed " + seed).isEqualTo(expected);
        }
    }

    /** A struct of which only fields that the file lacks are wanted is still null or not. */
    @Test
    void fieldsThatTheFileLacksAreNull() throws IOException {
        StructType absent = new StructType().add("absent", LongType.LONG);
        StructType wanted = new StructType()
                .add("nothing", StringType.STRING)
                .add("deep", new StructType().add("inner", absent))
                .add("ID", LongType.LONG);
        Path file = folder.resolve("some.parquet");
        List<@Nullable Object[]> rows = rows(9, 200);
        ours.writeParquetFileAtomically(file.toString(), batches(rows));

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i % 5 != 1) {
                @Nullable Object[] deep = (@Nullable Object[]) rows.get(i)[4];
                String inner = deep == null ? "null" : deep[0] == null ? "[null]" : "[[null]]";
                expected.add("null|" + inner + "|" + i + "|");
            }
        }
        assertThat(read(ours, file, wanted)).isEqualTo(expected);
    }

    @Test
    void aCheckpointThatIsThereIsNotReplaced() throws IOException {
        Path file = folder.resolve("there.parquet");
        ours.writeParquetFileAtomically(file.toString(), batches(rows(1, 10)));
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> ours.writeParquetFileAtomically(file.toString(), batches(rows(2, 10))))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
}

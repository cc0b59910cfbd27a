package io.glulam.fuzz;

import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.RunStyle;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.mutate.BytesMutator;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;

/** One column of texts, each row group with a dictionary of its own: renumbered into one, in runs of any style. */
public final class RemapTarget {
    private RemapTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Draws draws = new Draws(input);
        FileScript file = new FileScript(
                new SchemaScript().text("x", FieldRepetitionType.REQUIRED).build(), 1);
        int groups = 2 + draws.nextInt(3);
        for (int i = 0; i < groups; i++) {
            int rows = 1 + draws.nextInt(40);
            file.rowGroup(new RowGroupScript(rows, List.of(chunk(file, rows, draws))));
        }
        Settings settings = Settings.defaults()
                .withEffort(Effort.COPY)
                .withPages(1 << (4 + draws.nextInt(8)), 1 + draws.nextInt(60))
                .withDictionaryCapBytes(draws.nextInt(3) == 0 ? draws.nextInt(100) : 1 << 20);
        new CompactionOracle(file.bytes(), settings, 0).check();
    }

    private static ChunkScript chunk(FileScript file, int rows, Draws draws) {
        byte[][] values = new byte[rows][];
        int entries = 1 + draws.nextInt(30);
        for (int i = 0; i < rows; i++) {
            values[i] = new byte[] {'v', (byte) draws.nextInt(entries)};
        }
        ChunkScript chunk = new ChunkScript(
                        file.leaves().get(0), new Triplets(new int[rows], new int[rows], Values.of(values)))
                .evenPages(1 + draws.nextInt(rows));
        chunk.eachPage(page -> page.version(1 + draws.nextInt(2))
                .encoding(Encoding.RLE_DICTIONARY)
                .valueRuns(RunStyle.values()[draws.nextInt(RunStyle.values().length)])
                .extraWidth(draws.nextInt(4)));
        if (draws.nextInt(3) == 0) {
            long seed = draws.nextInt(1 << 16);
            chunk.pages()
                    .get(draws.nextInt(chunk.pages().size()))
                    .tamperValues(bytes -> BytesMutator.mutate(bytes, new Random(seed)));
        }
        if (draws.nextInt(6) == 0) {
            long seed = draws.nextInt(1 << 16);
            chunk.tamperDictionary(bytes -> BytesMutator.mutate(bytes, new Random(seed)));
        }
        return chunk;
    }
}

package io.glulam.testkit.bytes;

import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * The file that recipes start from: a few small row groups over a schema with most types, nulls and nesting, written
 * plainly as V1 pages that end between rows. A recipe then changes what it is about.
 */
final class Sample {
    private final Random random;
    private final long seed;
    private List<SchemaElement> schema = mixedSchema();
    private int rowGroups = 4;
    private double nullShare = 0.2;
    private int poolSize = 24;
    private int leastRows = 60;
    private int moreRows = 150;
    private boolean oneValue;
    private boolean firstGroupOneValue;

    Sample(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    static List<SchemaElement> mixedSchema() {
        return new SchemaScript()
                .required("id", Type.INT64)
                .text("name", FieldRepetitionType.OPTIONAL)
                .optional("flag", Type.BOOLEAN)
                .optional("price", Type.DOUBLE)
                .fixed("code", FieldRepetitionType.REQUIRED, 7)
                .list("numbers", 1, Type.INT32)
                .list("words", 2, Type.BYTE_ARRAY)
                .build();
    }

    Sample schema(List<SchemaElement> value) {
        schema = value;
        return this;
    }

    Sample rowGroups(int value) {
        rowGroups = value;
        return this;
    }

    /** Rows of each row group: at least some, and fewer than so many more. */
    Sample rows(int least, int more) {
        leastRows = least;
        moreRows = more;
        return this;
    }

    /** Optional leaves hold nothing but nulls. */
    Sample allNull() {
        nullShare = 1;
        return this;
    }

    Sample noNulls() {
        nullShare = 0;
        return this;
    }

    /** Values that each row group draws from; half of them are its own. */
    Sample poolSize(int value) {
        poolSize = value;
        return this;
    }

    /** Each row group has one value per column. */
    Sample oneValue() {
        oneValue = true;
        return this;
    }

    /** The first row group has one value per column, the others many. */
    Sample oneValueThenMany() {
        firstGroupOneValue = true;
        return this;
    }

    /** The file, with a change made to every chunk. */
    FileScript file(Consumer<ChunkScript> change) {
        FileScript file = new FileScript(schema, seed);
        RandomRows rows = new RandomRows(random);
        List<LeafColumn> leaves = file.leaves();
        List<Values> shared = leaves.stream()
                .map(leaf -> rows.pool(leaf.element(), poolSize / 2))
                .toList();
        for (int group = 0; group < rowGroups; group++) {
            int count = leastRows + random.nextInt(moreRows);
            boolean constant = oneValue || firstGroupOneValue && group == 0;
            List<ChunkScript> chunks = new ArrayList<>();
            for (LeafColumn leaf : leaves) {
                Values own = rows.pool(leaf.element(), constant ? 1 : (poolSize + 1) / 2);
                Values pool = constant
                        ? own
                        : new Values.Builder(poolSize)
                                .addAll(shared.get(leaf.index()))
                                .addAll(own)
                                .build();
                ChunkScript chunk = new ChunkScript(leaf, rows.column(leaf, count, pool, nullShare));
                chunk.evenPages(1 + chunk.triplets().count() / (1 + random.nextInt(4)));
                change.accept(chunk);
                chunks.add(chunk);
            }
            file.rowGroup(new RowGroupScript(count, chunks));
        }
        return file;
    }

    /** Dictionary indices in every page. Booleans have no dictionary encoding and stay plain. */
    static void useDictionary(ChunkScript chunk) {
        if (hasDictionary(chunk)) {
            chunk.eachPage(page -> page.encoding(Encoding.RLE_DICTIONARY));
        }
    }

    static boolean hasDictionary(ChunkScript chunk) {
        return chunk.leaf().element().getType() != Type.BOOLEAN;
    }
}

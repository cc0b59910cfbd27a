package io.glulam.adapt;

import io.glulam.decode.BatchReader;
import io.glulam.decode.ColumnBatch;
import io.glulam.format.Encoding;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import org.jspecify.annotations.Nullable;

/**
 * The pages of an INT64 column of the root with given values in the place of nulls: version 1, encoding PLAIN, a batch of
 * rows each. Closing closes the chunk. Not thread-safe.
 */
final class FilledPages implements PageStream {
    private final GivenValues values;
    private final int sourceMax;
    private final BatchReader reader;
    private final ColumnBatch batch;
    private final PageLevels levels = new PageLevels();
    private final ByteArrayBuilder body = new ByteArrayBuilder(1 << 14);
    private long rows;

    FilledPages(SourceColumn source, GivenValues values) {
        this.values = values;
        this.sourceMax = source.leaf().maxDefinitionLevel();
        this.reader = source.batches();
        this.batch = new ColumnBatch(source.leaf());
    }

    @Override
    public @Nullable Page next() {
        if (!reader.next(batch)) {
            return null;
        }
        body.clear();
        int max = values.target().maxDefinitionLevel();
        levels.clear();
        levels.add(max, batch.count());
        levels.writeWithLength(max, body);
        int value = 0;
        for (int i = 0; i < batch.count(); i++) {
            boolean isNull = sourceMax > 0 && batch.definitionLevels()[i] < sourceMax;
            if (isNull) {
                values.appendLong(rows + i, body);
            } else {
                GivenValues.appendLong(body, batch.numbers()[value++]);
            }
        }
        rows += batch.count();
        PageHeader header = PageHeader.dataPage(body.size(), body.size(), batch.count(), Encoding.PLAIN.value());
        return new Page(header, body.array(), 0, body.size(), 0);
    }

    @Override
    public void close() {
        reader.close();
    }
}

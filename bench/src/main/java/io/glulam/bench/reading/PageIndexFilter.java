package io.glulam.bench.reading;

import io.glulam.bench.input.Input;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;

/** How much parquet-java reads for one value of a sorted column, with the page index and without. */
final class PageIndexFilter {
    private final String column;
    private final long value;

    private PageIndexFilter(String column, long value) {
        this.column = column;
        this.value = value;
    }

    /**
     * A filter on the input's sorted column, for the least value of its middle row group; empty if the column is not
     * an INT64 one with bounds.
     */
    static Optional<PageIndexFilter> of(Input input) throws IOException {
        String sorted = input.sorted();
        if (sorted == null) {
            return Optional.empty();
        }
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(input.file()))) {
            List<BlockMetaData> groups = reader.getFooter().getBlocks();
            for (ColumnChunkMetaData chunk : groups.get(groups.size() / 2).getColumns()) {
                Statistics<?> statistics = chunk.getStatistics();
                if (chunk.getPath().toDotString().equals(sorted)
                        && statistics instanceof LongStatistics bounds
                        && bounds.hasNonNullValue()) {
                    return Optional.of(new PageIndexFilter(sorted, bounds.getMin()));
                }
            }
        }
        return Optional.empty();
    }

    String column() {
        return column;
    }

    /**
     * Reads what the filter leaves of a file. Row groups that their statistics exclude are not read either way.
     *
     * @param pageIndex whether pages are excluded, too
     */
    PagesRead read(Path file, boolean pageIndex) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder()
                .withRecordFilter(FilterCompat.get(FilterApi.eq(FilterApi.longColumn(column), value)))
                .useStatsFilter(true)
                .useDictionaryFilter(false)
                .useBloomFilter(false)
                .useColumnIndexFilter(pageIndex)
                .build();
        PagesRead sum = PagesRead.NONE;
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            List<ColumnDescriptor> columns =
                    reader.getFileMetaData().getSchema().getColumns();
            for (; ; ) {
                try (PageReadStore group = pageIndex ? reader.readNextFilteredRowGroup() : reader.readNextRowGroup()) {
                    if (group == null) {
                        return sum;
                    }
                    sum = sum.plus(group.getRowCount(), pages(group, columns));
                }
            }
        }
    }

    private static long pages(PageReadStore group, List<ColumnDescriptor> columns) {
        long pages = 0;
        for (ColumnDescriptor descriptor : columns) {
            PageReader reader = group.getPageReader(descriptor);
            while (reader.readPage() != null) {
                pages++;
            }
        }
        return pages;
    }
}

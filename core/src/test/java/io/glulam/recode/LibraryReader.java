package io.glulam.recode;

import io.glulam.format.Leaf;
import io.glulam.page.PageBody;
import io.glulam.page.PageCounts;
import io.glulam.page.PageStream;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;

/** Reads recoded pages through parquet-java's own column reader: the oracle for what recoding writes. */
final class LibraryReader {
    private LibraryReader() {}

    static Triplets read(Leaf leaf, MemorySink sink) {
        long valueCount =
                sink.pages.stream().mapToLong(page -> page.counts().values()).sum();
        ColumnDescriptor column = descriptor(leaf);
        ColumnReader reader =
                new ColumnReaderImpl(column, new Pages(sink, column, valueCount), new PrimitiveConverter() {}, null);
        IntStream.Builder repetition = IntStream.builder();
        IntStream.Builder definition = IntStream.builder();
        Values.Builder values = new Values.Builder(0);
        for (long i = 0; i < valueCount; i++) {
            repetition.add(reader.getCurrentRepetitionLevel());
            definition.add(reader.getCurrentDefinitionLevel());
            if (reader.getCurrentDefinitionLevel() == leaf.maxDefinitionLevel()) {
                addValue(leaf, reader, values);
            }
            reader.consume();
        }
        return new Triplets(repetition.build().toArray(), definition.build().toArray(), values.build());
    }

    private static void addValue(Leaf leaf, ColumnReader reader, Values.Builder values) {
        switch (leaf.type()) {
            case BOOLEAN -> values.addNumber(reader.getBoolean() ? 1 : 0, 1);
            case INT32, FLOAT -> values.addNumber(reader.getInteger(), 4);
            case INT64, DOUBLE -> values.addNumber(reader.getLong(), 8);
            default -> {
                byte[] bytes = reader.getBinary().getBytes();
                values.add(bytes, 0, bytes.length);
            }
        }
    }

    /** FLOAT and DOUBLE as integers, because the library canonicalises NaN. */
    private static ColumnDescriptor descriptor(Leaf leaf) {
        PrimitiveTypeName type = switch (leaf.type()) {
            case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
            case INT32, FLOAT -> PrimitiveTypeName.INT32;
            case INT64, DOUBLE -> PrimitiveTypeName.INT64;
            case INT96 -> PrimitiveTypeName.INT96;
            case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
            case FIXED_LEN_BYTE_ARRAY -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        };
        PrimitiveType primitive = new PrimitiveType(Repetition.REQUIRED, type, leaf.typeLength(), "values");
        return new ColumnDescriptor(
                new String[] {"values"}, primitive, leaf.maxRepetitionLevel(), leaf.maxDefinitionLevel());
    }

    private static final class Pages implements PageReader {
        private final MemorySink sink;
        private final Iterator<RecodedPage> pages;
        private final ColumnDescriptor column;
        private final long valueCount;

        Pages(MemorySink sink, ColumnDescriptor column, long valueCount) {
            this.sink = sink;
            this.pages = sink.pages.iterator();
            this.column = column;
            this.valueCount = valueCount;
        }

        @Override
        public DictionaryPage readDictionaryPage() {
            PageStream.Page page = sink.dictionary();
            return page == null
                    ? null
                    : new DictionaryPage(
                            BytesInput.from(page.body(), page.from(), page.length()),
                            page.header().valueCount(),
                            encoding(page.header().encoding()));
        }

        @Override
        public long getTotalValueCount() {
            return valueCount;
        }

        @Override
        public DataPage readPage() {
            RecodedPage page = pages.next();
            PageCounts counts = page.counts();
            PageBody body = page.body();
            Statistics<?> none = Statistics.createStats(column.getPrimitiveType());
            Encoding encoding = encoding(page.encoding().value());
            if (page.version() == 1) {
                return new DataPageV1(
                        BytesInput.from(body.bytes(), 0, body.length()),
                        counts.values(),
                        body.length(),
                        none,
                        Encoding.RLE,
                        Encoding.RLE,
                        encoding);
            }
            return DataPageV2.uncompressed(
                    counts.rows(),
                    counts.nulls(),
                    counts.values(),
                    BytesInput.from(body.bytes(), 0, body.repetitionBytes()),
                    BytesInput.from(body.bytes(), body.repetitionBytes(), body.definitionBytes()),
                    encoding,
                    BytesInput.from(body.bytes(), body.levelBytes(), body.length() - body.levelBytes()),
                    none);
        }

        private static Encoding encoding(int value) {
            return Encoding.valueOf(io.glulam.format.Encoding.nameOf(value));
        }
    }
}

package io.glulam.footer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.BoundingBox;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.GeospatialStatistics;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.SortingColumn;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.TypeDefinedOrder;

/** Sound footers, of a file that nobody wrote, with every optional field present or absent at random. */
final class FooterGenerator {
    /** Where every generated footer begins in its file. */
    static final long OFFSET = 1L << 33;

    private final Random random;
    private final List<List<String>> paths = new ArrayList<>();
    private final List<Type> types = new ArrayList<>();
    private long position = 4;

    FooterGenerator(long seed) {
        random = new Random(seed);
    }

    FileMetaData next() {
        List<SchemaElement> schema = new ArrayList<>();
        int topLevel = 1 + random.nextInt(4);
        schema.add(new SchemaElement("root").setNum_children(topLevel));
        for (int i = 0; i < topLevel; i++) {
            addNode(schema, List.of(), 0);
        }
        boolean ordinals = random.nextBoolean();
        List<RowGroup> rowGroups = new ArrayList<>();
        long rows = 0;
        for (int i = random.nextInt(5); i > 0; i--) {
            RowGroup rowGroup = rowGroup();
            if (ordinals) {
                rowGroup.setOrdinal((short) rowGroups.size());
            }
            rows += rowGroup.getNum_rows();
            rowGroups.add(rowGroup);
        }
        FileMetaData footer = new FileMetaData(1 + random.nextInt(2), schema, rows, rowGroups);
        if (random.nextBoolean()) {
            footer.setCreated_by("a writer " + random.nextInt(100));
        }
        if (random.nextBoolean()) {
            footer.setKey_value_metadata(keyValues());
        }
        if (random.nextBoolean()) {
            footer.setColumn_orders(types.stream()
                    .map(type -> ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()))
                    .toList());
        }
        return footer;
    }

    private void addNode(List<SchemaElement> schema, List<String> parent, int depth) {
        SchemaElement element = new SchemaElement("näme " + random.nextInt(5));
        element.setRepetition_type(pick(FieldRepetitionType.values()));
        schema.add(element);
        List<String> path = new ArrayList<>(parent);
        path.add(element.getName());
        if (depth < 4 && random.nextInt(3) == 0) {
            int children = 1 + random.nextInt(3);
            element.setNum_children(children);
            for (int i = 0; i < children; i++) {
                addNode(schema, path, depth + 1);
            }
            return;
        }
        element.setType(pick(Type.values()));
        if (element.getType() == Type.FIXED_LEN_BYTE_ARRAY) {
            element.setType_length(1 + random.nextInt(20));
        }
        if (random.nextBoolean()) {
            element.setField_id(random.nextInt());
        }
        paths.add(path);
        types.add(element.getType());
    }

    private RowGroup rowGroup() {
        long start = position;
        long compressed = 0;
        List<ColumnChunk> chunks = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            ColumnChunk chunk = chunk(i);
            compressed += chunk.getMeta_data().getTotal_compressed_size();
            chunks.add(chunk);
        }
        RowGroup rowGroup = new RowGroup(chunks, random.nextInt(1 << 30), random.nextInt(1 << 20));
        if (random.nextBoolean()) {
            rowGroup.setFile_offset(start);
        }
        if (random.nextBoolean()) {
            rowGroup.setTotal_compressed_size(compressed);
        }
        if (random.nextBoolean()) {
            rowGroup.setSorting_columns(List.of(
                    new SortingColumn(random.nextInt(types.size()), random.nextBoolean(), random.nextBoolean())));
        }
        return rowGroup;
    }

    private ColumnChunk chunk(int leaf) {
        int size = 1 + random.nextInt(1 << 24);
        ColumnMetaData metaData = new ColumnMetaData(
                types.get(leaf),
                List.of(pick(Encoding.values()), Encoding.RLE),
                paths.get(leaf),
                pick(CompressionCodec.values()),
                random.nextInt(1 << 20),
                size * 3L,
                size,
                position);
        if (random.nextBoolean()) {
            metaData.setDictionary_page_offset(random.nextBoolean() ? 0 : position);
            metaData.setData_page_offset(position + random.nextInt(size));
        }
        position += size;
        addOptional(metaData);
        ColumnChunk chunk = new ColumnChunk(random.nextBoolean() ? 0 : metaData.getData_page_offset());
        chunk.setMeta_data(metaData);
        if (random.nextBoolean()) {
            chunk.setOffset_index_offset(4 + random.nextLong(OFFSET / 2))
                    .setOffset_index_length(1 + random.nextInt(1000));
        }
        if (random.nextBoolean()) {
            chunk.setColumn_index_offset(4 + random.nextLong(OFFSET / 2))
                    .setColumn_index_length(1 + random.nextInt(1000));
        }
        return chunk;
    }

    private void addOptional(ColumnMetaData metaData) {
        if (random.nextBoolean()) {
            metaData.setStatistics(statistics());
        }
        if (random.nextBoolean()) {
            metaData.setKey_value_metadata(keyValues());
        }
        if (random.nextInt(4) == 0) {
            metaData.setIndex_page_offset(metaData.getData_page_offset());
        }
        if (random.nextBoolean()) {
            metaData.setEncoding_stats(List.of(
                    new PageEncodingStats(pick(PageType.values()), pick(Encoding.values()), random.nextInt(100))));
        }
        if (random.nextBoolean()) {
            metaData.setBloom_filter_offset(4 + random.nextLong(OFFSET / 2));
            if (random.nextBoolean()) {
                metaData.setBloom_filter_length(1 + random.nextInt(1 << 20));
            }
        }
        if (random.nextBoolean()) {
            SizeStatistics sizes = new SizeStatistics();
            sizes.setUnencoded_byte_array_data_bytes(random.nextInt(1 << 20));
            sizes.setDefinition_level_histogram(List.of(1L, random.nextLong(1L << 40)));
            metaData.setSize_statistics(sizes);
        }
        if (random.nextInt(4) == 0) {
            GeospatialStatistics geospatial = new GeospatialStatistics();
            geospatial.setBbox(new BoundingBox(1, 2, random.nextDouble(), 4));
            metaData.setGeospatial_statistics(geospatial);
        }
    }

    private Statistics statistics() {
        Statistics statistics = new Statistics();
        if (random.nextBoolean()) {
            statistics.setMin_value(bytes()).setMax_value(bytes());
            statistics.setIs_max_value_exact(random.nextBoolean()).setIs_min_value_exact(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            statistics.setMin(bytes()).setMax(bytes());
        }
        if (random.nextBoolean()) {
            statistics.setNull_count(random.nextInt(1000)).setDistinct_count(random.nextInt(1000));
        }
        return statistics;
    }

    private List<KeyValue> keyValues() {
        List<KeyValue> entries = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            KeyValue entry = new KeyValue("key " + random.nextInt(3));
            entries.add(random.nextBoolean() ? entry : entry.setValue("välue".repeat(random.nextInt(20))));
        }
        return entries;
    }

    private ByteBuffer bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}

package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.PageScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/** One way in which a file can be made to contradict itself. What else it says is written as if that were true. */
public enum Lie {
    /** Any field of the footer, with all that is in it. */
    FOOTER_FIELD {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            file.tamperFooter(bytes -> ThriftMutator.mutate(bytes, new Random(seed)));
        }
    },
    /** Any field of a chunk's entry. */
    CHUNK_FIELD {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            chunk(file, random).tamper(entry -> replace(entry, new Random(seed)));
        }
    },
    /** A page header's field. */
    PAGE_HEADER {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            page(file, random).tamperHeaderBytes(bytes -> ThriftMutator.mutate(bytes, new Random(seed)));
        }
    },
    /** The dictionary page's header. */
    DICTIONARY_HEADER {
        @Override
        void tell(FileScript file, Random random) {
            int more = random.nextInt(5) - 2;
            chunk(file, random)
                    .tamperDictionaryHeader(header -> header.getDictionary_page_header()
                            .setNum_values(header.getDictionary_page_header().getNum_values() + more));
        }
    },
    DICTIONARY_ENTRIES {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            chunk(file, random).tamperDictionary(bytes -> BytesMutator.mutate(bytes, new Random(seed)));
        }
    },
    /** Runs of repetition and definition levels. */
    LEVELS {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            page(file, random).tamperLevels(bytes -> BytesMutator.mutate(bytes, new Random(seed)));
        }
    },
    /** Encoded values, before they are compressed. */
    VALUES {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            page(file, random).tamperValues(bytes -> BytesMutator.mutate(bytes, new Random(seed)));
        }
    },
    /** The body as it is stored: cut, or with other bytes. */
    STORED_BODY {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            page(file, random).tamperBody(bytes -> BytesMutator.mutate(bytes, new Random(seed)));
        }
    },
    COLUMN_INDEX {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            chunk(file, random)
                    .withOffsetIndex()
                    .tamperColumnIndexBytes(bytes -> ThriftMutator.mutate(bytes, new Random(seed)));
        }
    },
    /** A page of values is called a null page, or a null page is not. */
    NULL_PAGES {
        @Override
        void tell(FileScript file, Random random) {
            int pick = random.nextInt(1 << 20);
            chunk(file, random).withOffsetIndex().tamperColumnIndex(index -> {
                int page = pick % index.getNull_pagesSize();
                index.getNull_pages().set(page, !index.getNull_pages().get(page));
            });
        }
    },
    OFFSET_INDEX {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            chunk(file, random).tamperOffsetIndexBytes(bytes -> ThriftMutator.mutate(bytes, new Random(seed)));
        }
    },
    BLOOM_FILTER {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            ChunkScript chunk = chunk(file, random);
            chunk.bloomFilter(32 << random.nextInt(4));
            chunk.tamperBloomFilter(bytes -> BytesMutator.mutate(bytes, new Random(seed)));
        }
    },
    /** Chunk statistics in which one thing is false. */
    STATISTICS {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            chunk(file, random).stats(ChunkScript.Stats.EXACT_BOUNDS).tamper(entry -> {
                if (entry.isSetMeta_data() && entry.getMeta_data().isSetStatistics()) {
                    Claims.change(entry.getMeta_data().getStatistics(), new Random(seed));
                }
            });
        }
    },
    SIZE_STATISTICS {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            chunk(file, random).withSizeStatistics().tamper(entry -> {
                if (entry.isSetMeta_data() && entry.getMeta_data().isSetSize_statistics()) {
                    Claims.change(entry.getMeta_data().getSize_statistics(), new Random(seed));
                }
            });
        }
    },
    /** total_compressed_size is a few bytes off. */
    CHUNK_SIZE {
        @Override
        void tell(FileScript file, Random random) {
            int more = random.nextInt(81) - 40;
            chunk(file, random).tamper(entry -> {
                ColumnMetaData data = entry.getMeta_data();
                data.setTotal_compressed_size(data.getTotal_compressed_size() + more);
            });
        }
    },
    OFFSETS {
        @Override
        void tell(FileScript file, Random random) {
            ChunkScript.Offsets[] all = ChunkScript.Offsets.values();
            chunk(file, random).offsets(all[random.nextInt(all.length)]);
        }
    },
    /** A row group has more or fewer rows than it says. */
    ROWS {
        @Override
        void tell(FileScript file, Random random) {
            int at = random.nextInt(file.rowGroups().size());
            RowGroupScript group = file.rowGroups().get(at);
            int more = random.nextInt(7) - 3;
            file.rowGroups().set(at, new RowGroupScript(group.rows() + more, group.chunks(), group.tamper()));
        }
    },
    /** In one column, a border between two row groups lies elsewhere, within a row or between two. */
    BORDER {
        @Override
        void tell(FileScript file, Random random) {
            if (file.rowGroups().size() < 2) {
                return;
            }
            int group = random.nextInt(file.rowGroups().size() - 1);
            int leaf = random.nextInt(file.leaves().size());
            Triplets first = file.expected(group, leaf);
            Triplets second = file.expected(group + 1, leaf);
            Triplets all = Claims.joined(first, second);
            int border = first.count() + random.nextInt(7) - 3;
            border = Math.max(1, Math.min(all.count() - 1, border));
            int pageValues = 1 + random.nextInt(80);
            set(file, group, leaf, Claims.part(file, leaf, all, 0, border), pageValues);
            set(file, group + 1, leaf, Claims.part(file, leaf, all, border, all.count()), pageValues);
        }
    },
    /** Some rows more in one column than in the others. */
    MORE_ROWS {
        @Override
        void tell(FileScript file, Random random) {
            int group = random.nextInt(file.rowGroups().size());
            int leaf = random.nextInt(file.leaves().size());
            Triplets own = file.expected(group, leaf);
            Triplets more = Claims.part(file, leaf, own, 0, Math.min(own.count(), 1 + random.nextInt(4)));
            set(file, group, leaf, Claims.joined(own, more), 1 + random.nextInt(80));
        }
    },
    /** Two chunks have changed places in the footer. */
    SWAPPED_CHUNKS {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            file.tamper(meta -> {
                Random draw = new Random(seed);
                RowGroup one = any(meta.getRow_groups(), draw);
                RowGroup other = any(meta.getRow_groups(), draw);
                int column = draw.nextInt(one.getColumnsSize());
                int otherColumn = draw.nextBoolean() ? column : draw.nextInt(other.getColumnsSize());
                List<ColumnChunk> columns = new ArrayList<>(one.getColumns());
                List<ColumnChunk> others = one.equals(other) ? columns : new ArrayList<>(other.getColumns());
                ColumnChunk swapped = columns.get(column);
                columns.set(column, others.get(otherColumn));
                others.set(otherColumn, swapped);
                one.setColumns(columns);
                other.setColumns(others);
            });
        }
    },
    /** Two chunks lie over each other. */
    OVERLAP {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            file.tamper(meta -> {
                Random draw = new Random(seed);
                ColumnMetaData one =
                        any(any(meta.getRow_groups(), draw).getColumns(), draw).getMeta_data();
                ColumnMetaData other =
                        any(any(meta.getRow_groups(), draw).getColumns(), draw).getMeta_data();
                one.setData_page_offset(other.getData_page_offset() + draw.nextInt(3) - 1);
                if (draw.nextBoolean()) {
                    one.setTotal_compressed_size(other.getTotal_compressed_size());
                }
            });
        }
    },
    /** A row group, a chunk or an element of the schema is there twice, or misses. */
    REPEATED_DEFINITION {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            file.tamper(meta -> repeat(meta, new Random(seed)));
        }
    },
    /** Written by somebody else, whose faults readers allow for. */
    WRITER {
        @Override
        void tell(FileScript file, Random random) {
            file.createdBy(WRITERS.get(random.nextInt(WRITERS.size())));
            if (random.nextBoolean()) {
                file.withoutColumnOrders();
            }
        }
    },
    /** The whole file is cut, or has other bytes somewhere. */
    FILE_BYTES {
        @Override
        void tell(FileScript file, Random random) {
            long seed = random.nextLong();
            file.tamperFile(bytes -> BytesMutator.mutate(bytes, new Random(seed)));
        }
    };

    private static final List<String> WRITERS = Arrays.asList(
            null,
            "",
            "parquet-mr version 1.2.8 (build abc)",
            "parquet-mr version 1.7.0 (build abc)",
            "parquet-mr version 1.12.0 (build abc)",
            "parquet-cpp version 1.5.1-SNAPSHOT",
            "parquet-cpp-arrow version 14.0.0",
            "impala version 2.2.0",
            "fastparquet-python version 0.8.1 (build 0)",
            "Polars",
            "hyparquet",
            "parquet-rs version 4.0.0",
            "DuckDB version v1.0.0 (build abc)",
            "Apache Spark 3.5.0");

    abstract void tell(FileScript file, Random random);

    private static ChunkScript chunk(FileScript file, Random random) {
        return any(any(file.rowGroups(), random).chunks(), random);
    }

    private static PageScript page(FileScript file, Random random) {
        ChunkScript chunk = chunk(file, random);
        return chunk.pages().isEmpty() ? PageScript.index() : any(chunk.pages(), random);
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static void replace(ColumnChunk entry, Random random) {
        ColumnChunk changed = Claims.mutated(entry, random);
        if (changed.isSetMeta_data()) {
            entry.setMeta_data(changed.getMeta_data());
        }
        entry.setColumn_index_offset(changed.getColumn_index_offset());
        entry.setColumn_index_length(changed.getColumn_index_length());
        entry.setOffset_index_offset(changed.getOffset_index_offset());
        entry.setOffset_index_length(changed.getOffset_index_length());
        entry.setFile_offset(changed.getFile_offset());
    }

    private static void repeat(FileMetaData meta, Random random) {
        switch (random.nextInt(3)) {
            case 0 -> meta.setRow_groups(repeated(meta.getRow_groups(), random));
            case 1 -> {
                RowGroup group = any(meta.getRow_groups(), random);
                group.setColumns(repeated(group.getColumns(), random));
            }
            default -> meta.setSchema(repeated(meta.getSchema(), random));
        }
    }

    private static <T> List<T> repeated(List<T> list, Random random) {
        List<T> changed = new ArrayList<>(list);
        int at = random.nextInt(changed.size());
        switch (random.nextInt(3)) {
            case 0 -> changed.remove(at);
            case 1 -> changed.add(at, changed.get(random.nextInt(changed.size())));
            default -> Collections.swap(changed, at, random.nextInt(changed.size()));
        }
        return changed;
    }

    private static void set(FileScript file, int group, int leaf, Triplets triplets, int pageValues) {
        RowGroupScript script = file.rowGroups().get(group);
        List<ChunkScript> chunks = new ArrayList<>(script.chunks());
        chunks.set(leaf, chunks.get(leaf).with(triplets, pageValues));
        file.rowGroups().set(group, new RowGroupScript(script.rows(), chunks, script.tamper()));
    }

    /** Values of a stretch; for {@link Claims}. */
    static Values values(Values all, int from, int to) {
        Values.Builder builder = new Values.Builder(to - from);
        for (int i = from; i < to; i++) {
            builder.add(all, i);
        }
        return builder.build();
    }
}

package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;
import org.apache.parquet.format.Statistics;

/**
 * A number of a row group or of the file that its footer entry tells otherwise than the chunks, or what the entries of two
 * row groups tell, exchanged. A contradiction that needs two row groups changes nothing where there is one.
 */
record RowGroupContradiction(String name, Telling telling) {
    /** Makes a file tell it. */
    @FunctionalInterface
    interface Telling {
        void in(FileScript file, Random random);
    }

    private static final List<RowGroupContradiction> ALL = Stream.concat(
                    ofEntries().stream(), FormContradictions.ofFiles().stream())
            .toList();

    private static List<RowGroupContradiction> ofEntries() {
        return List.of(
                one(
                        "rows",
                        (entry, random) -> entry.setNum_rows(entry.getNum_rows() + (random.nextBoolean() ? 1 : -1))),
                one(
                        "uncompressed size",
                        (entry, random) -> entry.setTotal_byte_size(random.nextBoolean() ? 3 : 1L << 40)),
                one(
                        "compressed size",
                        (entry, random) -> entry.setTotal_compressed_size(random.nextBoolean() ? 3 : 1L << 40)),
                one("place", (entry, random) -> entry.setFile_offset(3)),
                one("sort order", RowGroupContradiction::sort),
                new RowGroupContradiction("row groups: a sort order of all", RowGroupContradiction::sortAll),
                moved("rows", (entry, more) -> entry.setNum_rows(entry.getNum_rows() + more)),
                moved("values", RowGroupContradiction::addValues),
                two("statistics", (one, other) -> eachPair(one, other, RowGroupContradiction::exchangeStatistics)),
                two("page indexes", (one, other) -> eachPair(one, other, RowGroupContradiction::exchangeIndexes)),
                two("bloom filters", (one, other) -> eachPair(one, other, RowGroupContradiction::exchangeFilters)),
                new RowGroupContradiction(
                        "row groups: other ordinals",
                        (file, random) -> file.withOrdinals()
                                .tamper(footer ->
                                        footer.getRow_groups().forEach(group -> group.setOrdinal((short) 7)))),
                new RowGroupContradiction("file: another number of rows", (file, random) -> {
                    int more = random.nextBoolean() ? 1 : -1;
                    file.tamper(footer -> footer.setNum_rows(footer.getNum_rows() + more));
                }));
    }

    /** All that are known, in the same order every time. */
    static List<RowGroupContradiction> all() {
        return ALL;
    }

    private static RowGroupContradiction one(String name, ContradictionList.Change<RowGroup> change) {
        return new RowGroupContradiction("row group: another " + name, (file, random) -> {
            int group = random.nextInt(file.rowGroups().size());
            tamper(file, group, ContradictionList.seeded(change, random));
        });
    }

    /** One row group has some more and another one some fewer: their sum is right. */
    private static RowGroupContradiction moved(String what, ObjIntConsumer<RowGroup> add) {
        return new RowGroupContradiction("row groups: " + what + " move to another one", (file, random) -> {
            int one = random.nextInt(file.rowGroups().size());
            int other = random.nextInt(file.rowGroups().size());
            int more = 1 + random.nextInt(9);
            if (one != other) {
                tamper(file, one, entry -> add.accept(entry, more));
                tamper(file, other, entry -> add.accept(entry, -more));
            }
        });
    }

    private static void addValues(RowGroup entry, int more) {
        ColumnMetaData last = entry.getColumns().get(entry.getColumnsSize() - 1).getMeta_data();
        last.setNum_values(last.getNum_values() + more);
    }

    /** Of the footer, so that row groups in files of their own tell the truth. */
    private static RowGroupContradiction two(String name, BiConsumer<RowGroup, RowGroup> exchange) {
        return new RowGroupContradiction("row groups exchange: " + name, (file, random) -> {
            int one = random.nextInt(file.rowGroups().size());
            int other = random.nextInt(file.rowGroups().size());
            file.tamper(footer -> {
                List<RowGroup> groups = footer.getRow_groups();
                if (one != other && Math.max(one, other) < groups.size()) {
                    exchange.accept(groups.get(one), groups.get(other));
                }
            });
        });
    }

    private static void tamper(FileScript file, int group, Consumer<RowGroup> change) {
        RowGroupScript script = file.rowGroups().get(group);
        file.rowGroups().set(group, script.tamper(change));
    }

    private static void sort(RowGroup entry, Random random) {
        entry.setSorting_columns(new ArrayList<>(List.of(new SortingColumn(
                random.nextInt(entry.getColumnsSize()), random.nextBoolean(), random.nextBoolean()))));
    }

    private static void sortAll(FileScript file, Random random) {
        Consumer<RowGroup> sort = ContradictionList.seeded(RowGroupContradiction::sort, random);
        for (int group = 0; group < file.rowGroups().size(); group++) {
            tamper(file, group, sort);
        }
    }

    private static void eachPair(RowGroup one, RowGroup other, BiConsumer<ColumnChunk, ColumnChunk> exchange) {
        for (int leaf = 0; leaf < one.getColumnsSize(); leaf++) {
            exchange.accept(one.getColumns().get(leaf), other.getColumns().get(leaf));
        }
    }

    private static void exchangeStatistics(ColumnChunk one, ColumnChunk other) {
        Statistics statistics = one.getMeta_data().getStatistics();
        one.getMeta_data().setStatistics(other.getMeta_data().getStatistics());
        other.getMeta_data().setStatistics(statistics);
    }

    private static void exchangeIndexes(ColumnChunk one, ColumnChunk other) {
        if (one.isSetColumn_index_offset() && other.isSetColumn_index_offset()) {
            ColumnChunk before = one.deepCopy();
            one.setColumn_index_offset(other.getColumn_index_offset())
                    .setColumn_index_length(other.getColumn_index_length());
            other.setColumn_index_offset(before.getColumn_index_offset())
                    .setColumn_index_length(before.getColumn_index_length());
        }
    }

    private static void exchangeFilters(ColumnChunk one, ColumnChunk other) {
        if (one.getMeta_data().isSetBloom_filter_offset()
                && other.getMeta_data().isSetBloom_filter_offset()) {
            long offset = one.getMeta_data().getBloom_filter_offset();
            one.getMeta_data().setBloom_filter_offset(other.getMeta_data().getBloom_filter_offset());
            other.getMeta_data().setBloom_filter_offset(offset);
        }
    }
}

package io.glulam.testkit.mutate;

import java.util.ArrayList;
import java.util.Collections;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;

/** Offset indexes that tell of other rows, places and sizes than the pages have. */
final class OffsetIndexContradictions {
    private final ContradictionList list;

    private OffsetIndexContradictions(ContradictionList list) {
        this.list = list;
    }

    /** Adds all of them. */
    static void addTo(ContradictionList list) {
        OffsetIndexContradictions contradictions = new OffsetIndexContradictions(list);
        contradictions.offsetIndexes();
    }

    private void offsets(String name, ContradictionList.Change<OffsetIndex> change) {
        list.add(
                "offset index: " + name,
                (chunk, random) -> chunk.withColumnIndex()
                        .tamperOffsetIndex(ContradictionList.seeded((index, draw) -> change.in(index, draw), random)));
    }

    private void offsetIndexes() {
        offsets("a page begins a row earlier", (index, random) -> {
            PageLocation page = Tampering.any(index.getPage_locations(), random);
            page.setFirst_row_index(page.getFirst_row_index() - 1);
        });
        offsets("a page begins a row later", (index, random) -> {
            PageLocation page = Tampering.any(index.getPage_locations(), random);
            page.setFirst_row_index(page.getFirst_row_index() + 1);
        });
        offsets(
                "all pages begin a row later",
                (index, random) -> index.getPage_locations()
                        .forEach(page -> page.setFirst_row_index(page.getFirst_row_index() + 1)));
        offsets(
                "pages of half the rows",
                (index, random) -> index.getPage_locations()
                        .forEach(page -> page.setFirst_row_index((page.getFirst_row_index() + 1) / 2)));
        offsets(
                "all pages lie elsewhere",
                (index, random) -> index.getPage_locations().forEach(page -> page.setOffset(page.getOffset() + 1)));
        offsets("pages change places", (index, random) -> Tampering.swap(index.getPage_locations(), random));
        offsets("rows of pages change places", (index, random) -> {
            PageLocation one = Tampering.any(index.getPage_locations(), random);
            PageLocation other = Tampering.any(index.getPage_locations(), random);
            long row = one.getFirst_row_index();
            one.setFirst_row_index(other.getFirst_row_index());
            other.setFirst_row_index(row);
        });
        offsets("a page is missing", (index, random) -> {
            if (index.getPage_locationsSize() > 1) {
                index.getPage_locations().remove(random.nextInt(index.getPage_locationsSize()));
            }
        });
        offsets(
                "a page is there twice",
                (index, random) -> index.getPage_locations()
                        .add(Tampering.any(index.getPage_locations(), random).deepCopy()));
        offsets("another size", (index, random) -> {
            PageLocation page = Tampering.any(index.getPage_locations(), random);
            page.setCompressed_page_size(page.getCompressed_page_size() + random.nextInt(9) - 4);
        });
        offsets("another place", (index, random) -> {
            PageLocation page = Tampering.any(index.getPage_locations(), random);
            page.setOffset(page.getOffset() + random.nextInt(9) - 4);
        });
        offsets(
                "other bytes",
                (index, random) -> index.setUnencoded_byte_array_data_bytes(
                        new ArrayList<>(Collections.nCopies(index.getPage_locationsSize(), 3L))));
    }
}

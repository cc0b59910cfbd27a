package io.glulam.cli.page;

import io.glulam.picture.ChunkMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the largest chunks of the map, whose pages are shown. */
final class LargestChunks {
    private LargestChunks() {}

    /**
     * A chunk of the map.
     *
     * @param size compressed bytes
     */
    record Spot(int rowGroup, int column, long size) {
        /** The anchor of its pages. */
        String anchor() {
            return "pages-" + rowGroup + "-" + column;
        }
    }

    /**
     * Returns at most so many of the chunks, the largest first: of each column its largest one, then, where there is room, the
     * largest of the others.
     */
    static List<Spot> of(ChunkMatrix chunks, int most) {
        List<Spot> all = new ArrayList<>();
        for (int i = 0; i < chunks.rowGroupCount(); i++) {
            for (int j = 0; j < chunks.columns().size(); j++) {
                all.add(new Spot(i, j, chunks.cell(i, j).compressedSize()));
            }
        }
        Comparator<Spot> bySize = Comparator.comparingLong(Spot::size).reversed();
        all.sort(bySize);
        Set<Integer> seen = new HashSet<>();
        List<Spot> ofColumns = new ArrayList<>();
        List<Spot> others = new ArrayList<>();
        all.forEach(spot -> (seen.add(spot.column()) ? ofColumns : others).add(spot));
        return Stream.concat(ofColumns.stream(), others.stream())
                .limit(most)
                .sorted(bySize)
                .toList();
    }
}

package io.glulam.testkit.audit;

import io.glulam.testkit.lint.Findings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every byte of an output belongs to one thing; only between the chunks of kept row groups may unused bytes come along. */
final class Coverage {
    private record Region(long start, long end, String what, boolean loose) {}

    private final List<Region> regions = new ArrayList<>();

    void add(long start, long end, String what) {
        add(start, end, what, false);
    }

    /** @param loose whether unused bytes may lie beside it, since its row group was copied with them */
    void add(long start, long end, String what, boolean loose) {
        if (end > start) {
            regions.add(new Region(start, end, what, loose));
        }
    }

    void check(Findings findings) {
        regions.sort(Comparator.comparingLong(Region::start).thenComparingLong(Region::end));
        Region before = null;
        for (Region region : regions) {
            if (before != null && region.start < before.end) {
                findings.error("%s at %d overlaps %s, which ends at %d"
                        .formatted(region.what, region.start, before.what, before.end));
            } else if (before != null && region.start > before.end && !before.loose && !region.loose) {
                findings.error("%d bytes between %s and %s at %d belong to nothing"
                        .formatted(region.start - before.end, before.what, region.what, region.start));
            }
            before = before == null || region.end > before.end ? region : before;
        }
    }
}

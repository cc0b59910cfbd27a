package io.glulam.testkit.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Ranges of the file that belong to something: none may overlap, and between them nothing should be left over. */
final class RegionLint {
    private record Region(long start, long end, String what, Findings findings) {}

    private final List<Region> regions = new ArrayList<>();

    void add(long start, long end, String what, Findings findings) {
        if (end > start) {
            regions.add(new Region(start, end, what, findings));
        }
    }

    void check() {
        regions.sort(Comparator.comparingLong(Region::start).thenComparingLong(Region::end));
        Region furthest = null;
        for (Region region : regions) {
            if (furthest != null && region.start < furthest.end) {
                region.findings.error(region.what + " at " + region.start + " overlaps " + furthest.what + " at "
                        + furthest.start + "–" + furthest.end);
            } else if (furthest != null && region.start > furthest.end) {
                region.findings.warning((region.start - furthest.end) + " unused bytes before the " + region.what);
            }
            if (furthest == null || region.end > furthest.end) {
                furthest = region;
            }
        }
    }
}

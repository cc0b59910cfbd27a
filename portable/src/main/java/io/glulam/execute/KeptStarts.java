package io.glulam.execute;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.page.LevelReader;
import io.glulam.page.PageHeader;
import io.glulam.page.PageWalker;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.Plan;
import io.glulam.source.SourceFile;

/**
 * Where a kept row group comes to lie after another one than before, its repeated columns have to begin at a row: a row
 * that lies across row groups would go on in the wrong one. Otherwise readers see what they saw in the source.
 */
final class KeptStarts {
    private static final int WINDOW = 4096;

    private KeptStarts() {}

    /** @throws CorruptFile if a column chunk begins within a row in a row group that gets another predecessor */
    static void require(Plan plan, SourceFile file) {
        int previous = -1;
        for (OutputGroup group : plan.groups()) {
            int[] sources = group.sources().toArray();
            if (group instanceof KeptGroup && file.getsOtherPredecessor(sources[0], previous)) {
                requireStartsRow(file, sources[0]);
            }
            previous = sources[sources.length - 1];
        }
    }

    private static void requireStartsRow(SourceFile file, int rowGroup) {
        for (Leaf leaf : file.footer().schema().leaves()) {
            Place place = new Place(file.bytes().name(), rowGroup, leaf.name(), -1);
            try {
                if (leaf.maxRepetitionLevel() > 0
                        && !startsRow(file, leaf, file.footer().chunk(rowGroup, leaf.index()))) {
                    throw new CorruptFile(place, "a column chunk that begins within a row", remedy(file), null);
                }
            } catch (GlulamException failure) {
                throw failure.within(place);
            }
        }
    }

    private static String remedy(SourceFile file) {
        return file.bytes().reader().isAssembled() ? "leave the file out" : Remedy.PRESERVED_ORDER.text();
    }

    private static boolean startsRow(SourceFile file, Leaf leaf, ColumnChunk chunk) {
        if (chunk.valueCount() == 0) {
            return true;
        }
        PageWalker walker = new PageWalker(file.bytes(), WINDOW);
        walker.start(chunk);
        PageHeader header = walker.next();
        while (header != null && !(header.isData() && header.valueCount() > 0)) {
            header = walker.next();
        }
        if (header == null) {
            return true;
        }
        try (LevelReader levels = file.levels(leaf, chunk.codec())) {
            return levels.read(walker.position(), walker.headerLength(), header).startsRow();
        }
    }
}

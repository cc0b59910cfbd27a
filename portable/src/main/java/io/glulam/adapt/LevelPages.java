package io.glulam.adapt;

import io.glulam.format.Leaf;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;
import io.glulam.page.PageStream;
import io.glulam.page.PageWalker;
import io.glulam.page.codec.PageCodec;
import org.jspecify.annotations.Nullable;

/**
 * The levels of a column that the source does not have, a page at a time: one entry for each instance of the group around
 * the column. At the root that is one a row; below, the levels of another column of the group tell. Not thread-safe.
 */
final class LevelPages implements AutoCloseable {
    private final SourceColumn sibling;
    private final int maxRepetitionLevel;
    private final int[] levels;
    private final boolean oneARow;
    private final PageLevels repetition = new PageLevels();
    private final PageLevels definition = new PageLevels();
    private final PageLevels repetitions = new PageLevels();
    private final PageLevels definitions = new PageLevels();
    private @Nullable Pages pages;
    private long rowsLeft;

    /** The sibling's pages, opened when they are needed. */
    private record Pages(PageCodec codec, PageBodyReader bodies, PageWalker walker) {
        static Pages of(SourceColumn column) {
            PageCodec codec = column.file().codecs().ofChunk(column.chunk().codec());
            return new Pages(codec, column.file().bodies(codec), column.pages());
        }
    }

    /**
     * @param sibling the other column
     * @param maxRepetitionLevel of the group: entries with higher repetition levels belong to an instance that has begun
     * @param levels of each definition level of the sibling, that of the entry
     */
    LevelPages(SourceColumn sibling, int maxRepetitionLevel, int[] levels) {
        this.sibling = sibling;
        this.maxRepetitionLevel = maxRepetitionLevel;
        this.levels = levels;
        this.oneARow = isOneARow(maxRepetitionLevel, levels);
        this.rowsLeft = sibling.rows();
    }

    /** Whether the entries are one a row, all the same, so that the sibling's pages need not be read. */
    static boolean isOneARow(int maxRepetitionLevel, int[] levels) {
        return maxRepetitionLevel == 0 && isConstant(levels);
    }

    private static boolean isConstant(int[] levels) {
        for (int level : levels) {
            if (level != levels[0]) {
                return false;
            }
        }
        return true;
    }

    /** Moves to the next page; false at the end. Below the root there is one for each of the sibling's. */
    boolean next() {
        repetition.clear();
        definition.clear();
        if (oneARow) {
            int count = (int) Math.min(rowsLeft, ChunkEncoder.PAGE_ROWS);
            repetition.add(0, count);
            definition.add(levels[0], count);
            rowsLeft -= count;
            return count > 0;
        }
        // A page that only goes on with what began before gives none.
        while (definition.count() == 0) {
            if (!followSibling()) {
                return false;
            }
        }
        return true;
    }

    private boolean followSibling() {
        if (sibling.chunk().valueCount() == 0) {
            return false;
        }
        Pages opened = pages;
        if (opened == null) {
            opened = Pages.of(sibling);
            pages = opened;
        }
        PageWalker walker = opened.walker();
        for (PageHeader header = walker.next(); header != null; header = walker.next()) {
            if (header.isData() && header.valueCount() > 0) {
                read(opened.bodies().readPage(walker.position(), walker.headerLength(), header.compressedSize()));
                return true;
            }
        }
        return false;
    }

    private void read(PageStream.Page page) {
        PageHeader header = page.header();
        Leaf leaf = sibling.leaf();
        PageSections parts = PageSections.of(header, leaf, page.body(), page.from(), page.length());
        repetitions.read(
                page.body(),
                parts.repetitionFrom(),
                parts.repetitionLength(),
                header.levels().repetitionEncoding(),
                leaf.maxRepetitionLevel(),
                header.valueCount());
        definitions.read(
                page.body(),
                parts.definitionFrom(),
                parts.definitionLength(),
                header.levels().definitionEncoding(),
                leaf.maxDefinitionLevel(),
                header.valueCount());
        for (int i = 0; i < repetitions.count(); i++) {
            if (repetitions.get(i) <= maxRepetitionLevel) {
                repetition.add(repetitions.get(i));
                definition.add(levels[definitions.get(i)]);
            }
        }
    }

    /** Repetition levels of the page. */
    PageLevels repetition() {
        return repetition;
    }

    /** Definition levels of the page, as the output has them. */
    PageLevels definition() {
        return definition;
    }

    @Override
    public void close() {
        Pages opened = pages;
        if (opened != null) {
            opened.codec().close();
        }
    }
}

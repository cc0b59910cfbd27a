package io.glulam.join;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageType;
import io.glulam.format.PhysicalType;
import io.glulam.page.PageHeader;
import io.glulam.page.PageWalker;
import io.glulam.source.SourceFile;
import io.glulam.statistics.WriterTrust;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the claims that readers do not believe of an input's writer, but would believe under the output's {@code created_by}. Bounds are left
 * out; pages that would be read otherwise are refused.
 *
 * @param named what readers take for granted of the output
 * @param own what the input's writer is known for
 */
record NewTrust(WriterTrust named, WriterTrust own) {
    private static final int WINDOW = 4096;

    /** The writer, as a footer tells it. */
    static WriterTrust of(Footer footer) {
        return WriterTrust.of(footer.createdBy(), footer.schema().columnOrdersDeclared());
    }

    /** Whether bounds of one of the input's columns would be believed newly. */
    boolean inBounds(Leaf leaf) {
        return named.trustsBounds(leaf) && !own.trustsBounds(leaf)
                || named.trustsDeprecatedBounds(leaf) && !own.trustsDeprecatedBounds(leaf);
    }

    /** Whether readers would take DELTA_BYTE_ARRAY pages of a column, if it has any, for independent of each other. */
    boolean inDeltaPages(Leaf leaf) {
        int delta = Encoding.DELTA_BYTE_ARRAY.value();
        boolean binary = leaf.type() == PhysicalType.BYTE_ARRAY || leaf.type() == PhysicalType.FIXED_LEN_BYTE_ARRAY;
        return binary && named.trustsPagesOf(delta) && !own.trustsPagesOf(delta);
    }

    /** Whether readers would take {@code is_compressed} of pages of version 2 at its word. */
    boolean inPages() {
        return own.dialect().alwaysCompressedV2() && !named.dialect().alwaysCompressedV2();
    }

    /**
     * Requires that readers read the pages of a chunk under the output's name as under the input's. Walks page headers.
     *
     * @throws Unsupported if readers would not
     */
    void requireSamePages(SourceFile file, int rowGroup, Leaf leaf) {
        if (!inDeltaPages(leaf) && !inPages()) {
            return;
        }
        ColumnChunk chunk = file.footer().chunk(rowGroup, leaf.index());
        if (chunk.valueCount() == 0) {
            return;
        }
        // The encodings in the footer are a claim: not every writer lists all of them.
        int delta = Encoding.DELTA_BYTE_ARRAY.value();
        if (inDeltaPages(leaf) && hasPage(file, chunk, header -> header.isData() && header.encoding() == delta)) {
            throw refused(file, rowGroup, leaf, "DELTA_BYTE_ARRAY pages");
        }
        if (inPages() && hasPage(file, chunk, header -> header.type() == PageType.DATA_PAGE_V2)) {
            throw refused(file, rowGroup, leaf, "data pages of version 2");
        }
    }

    private static boolean hasPage(SourceFile file, ColumnChunk chunk, Predicate<PageHeader> kind) {
        PageWalker walker = new PageWalker(file.bytes(), WINDOW);
        walker.start(chunk);
        for (PageHeader header = walker.next(); header != null; header = walker.next()) {
            if (kind.test(header)) {
                return true;
            }
        }
        return false;
    }

    private Unsupported refused(SourceFile file, int rowGroup, Leaf leaf, String what) {
        return new Unsupported(
                new Place(file.name(), rowGroup, leaf.name(), -1),
                "readers would read its " + what + " otherwise in the new file, going by created_by " + name(own)
                        + " and " + name(named),
                "merge the files of each writer apart");
    }

    /** A writer's name for people. */
    static String name(WriterTrust writer) {
        @Nullable String name = writer.createdBy();
        return name == null || name.isEmpty() ? "(none)" : "\"" + name + "\"";
    }
}

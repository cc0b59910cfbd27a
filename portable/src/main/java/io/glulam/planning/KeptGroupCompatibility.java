package io.glulam.planning;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageType;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.Reader;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import java.util.List;

/** Checks that the engines which must be able to read the output can read the row groups that keep their bytes. */
final class KeptGroupCompatibility {
    private KeptGroupCompatibility() {}

    /** @throws Unsupported if a kept row group's footer entry names an encoding, or data pages of
     *     a version, that one of the readers does not know */
    static void require(List<OutputGroup> groups, Footer footer, Settings settings) {
        if (settings.form().readers().isEmpty()) {
            return;
        }
        for (OutputGroup group : groups) {
            if (group instanceof KeptGroup kept) {
                for (Leaf leaf : footer.schema().leaves()) {
                    require(kept, leaf, footer, settings);
                }
            }
        }
    }

    private static void require(KeptGroup kept, Leaf leaf, Footer footer, Settings settings) {
        ColumnChunk chunk = footer.chunk(kept.rowGroup(), leaf.index());
        for (Reader reader : settings.form().readers()) {
            for (int value : chunk.encodings()) {
                Encoding encoding = Encoding.of(value);
                if (encoding == null || encoding == Encoding.BIT_PACKED) {
                    continue; // The latter is of levels, as old writers have them, and every reader knows it.
                }
                if (!reader.knows(encoding, leaf.type())) {
                    throw unreadable(kept, leaf, reader, "its encoding " + encoding, settings);
                }
            }
            if (reader.pageVersion() < 2 && hasPagesOfVersion2(chunk)) {
                throw unreadable(kept, leaf, reader, "its data pages of version 2", settings);
            }
        }
    }

    /** As far as the footer tells: it counts pages by type, or does not. */
    private static boolean hasPagesOfVersion2(ColumnChunk chunk) {
        return chunk.encodingStats().stream()
                .anyMatch(pages -> pages.pageType() == PageType.DATA_PAGE_V2 && pages.count() > 0);
    }

    private static Unsupported unreadable(KeptGroup kept, Leaf leaf, Reader reader, String what, Settings settings) {
        return new Unsupported(
                new Place(null, kept.rowGroup(), leaf.name(), -1),
                "the row group is kept, " + kept.reason() + ", and " + reader.title() + " does not know " + what,
                settings.rewrite() == Rewrite.ALL ? null : Remedy.REWRITE_ALL.text());
    }
}

package io.glulam.execute;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.Reader;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import java.util.List;

/** Row groups that keep their bytes must be readable too for those who must be able to read the output. */
final class KeptGroupReaders {
    private KeptGroupReaders() {}

    /** @throws Unsupported if a kept row group's footer entry names an encoding that one of the readers does not know */
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
        String remedy = settings.rewrite() == Rewrite.ALL ? null : "--rewrite all writes it anew";
        for (int value : footer.chunk(kept.rowGroup(), leaf.index()).encodings()) {
            Encoding encoding = Encoding.of(value);
            if (encoding == null || encoding == Encoding.BIT_PACKED) {
                continue; // The latter is of levels, as old writers have them, and everybody knows those.
            }
            for (Reader reader : settings.form().readers()) {
                if (!reader.knows(encoding, leaf.type())) {
                    throw new Unsupported(
                            new Place(null, kept.rowGroup(), leaf.name(), -1),
                            "the row group is kept, " + kept.reason() + ", and " + reader.title()
                                    + " does not know its encoding " + encoding,
                            remedy);
                }
            }
        }
    }
}

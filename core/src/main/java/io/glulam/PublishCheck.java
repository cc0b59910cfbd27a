package io.glulam;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.footer.ByteSpan;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterBytes;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;

/** Checks size and footer of what a store has put together from parts. */
final class PublishCheck {
    private PublishCheck() {}

    /**
     * Reads the published object's size and footer back.
     *
     * @return what that took; nothing for a local file, which was read back before
     * @throws StorageFailed if they are not what was written, unless another process has replaced the object since
     */
    static Traffic check(ObjectRef target, ObjectWriter writer, Footer written, CompactionOptions options) {
        if (!target.store().capabilities().remote()) {
            return Traffic.NONE;
        }
        RangeReader reader = target.store().open(target.key());
        if (!reader.version().equals(writer.publishedVersion())) {
            try (reader) {
                return reader.traffic();
            }
        }
        try (OpenedFooter opened = OpenedFooter.of(reader, options)) {
            Footer found = opened.footer();
            if (opened.size() != writer.position()
                    || found.offsetInFile() != written.offsetInFile()
                    || !FooterBytes.same(found.bytes(), all(found), written.bytes(), all(written))) {
                throw new StorageFailed(
                        Place.of(target.name()),
                        "the store has put together something else than it was given",
                        "bring the old object back, by restore or from the bucket's versions, and report this");
            }
            return opened.traffic();
        }
    }

    private static ByteSpan all(Footer footer) {
        return new ByteSpan(0, footer.bytes().length());
    }
}

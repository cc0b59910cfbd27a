package io.glulam.compare;

import io.glulam.footer.Footer;
import io.glulam.page.PageStream;

/** One side of a comparison. Thread-safe; the streams that it gives are not. */
public interface ComparedFile {
    /** The object's name, for messages. */
    String name();

    Footer footer();

    /**
     * Opens a column chunk, decompressed page by page; the caller closes it. Several are open at a time: two for each
     * thread of the comparison.
     *
     * @param rowGroup position in the footer
     * @param leaf position among the leaves
     */
    PageStream pages(int rowGroup, int leaf);
}

package io.glulam;

import io.glulam.ProgressListener.Phase;
import io.glulam.compare.ComparedFile;
import io.glulam.footer.Footer;
import io.glulam.page.PageStream;
import org.jspecify.annotations.Nullable;

/** One side of a comparison, which tells how many of its bytes have been compared. Thread-safe. */
final class ComparedProgress implements ComparedFile {
    private final ComparedFile file;
    private final ProgressListener listener;
    private final long total;
    private long done;

    ComparedProgress(ComparedFile file, ProgressListener listener) {
        this.file = file;
        this.listener = listener;
        this.total = bytes(file.footer());
    }

    private static long bytes(Footer footer) {
        long sum = 0;
        for (int i = 0; i < footer.rowGroupCount(); i++) {
            sum += footer.compressedSize(i);
        }
        return sum;
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public Footer footer() {
        return file.footer();
    }

    @Override
    public PageStream pages(int rowGroup, int leaf) {
        PageStream pages = file.pages(rowGroup, leaf);
        return new PageStream() {
            @Override
            public @Nullable Page next() {
                Page page = pages.next();
                if (page != null) {
                    add(page.header().compressedSize());
                }
                return page;
            }

            @Override
            public void close() {
                pages.close();
            }
        };
    }

    /** Columns are compared in parallel, and a listener is called from one thread at a time. */
    private synchronized void add(long bytes) {
        done = Math.min(total, done + bytes);
        listener.progress(Phase.VERIFY, done, total);
    }
}

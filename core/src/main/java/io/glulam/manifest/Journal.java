package io.glulam.manifest;

import java.util.List;

/**
 * Files that are being deleted because outputs hold their rows. As long as a manifest has a journal, each of them is there or
 * is gone.
 *
 * @param fence number of the lease under which this was decided
 * @param keep name of the folder that inputs are copied to before; empty for none
 * @param files names of recorded inputs; earlier outputs that were merged again are among them
 */
public record Journal(long fence, String keep, List<String> files) {
    public Journal {
        files = List.copyOf(files);
    }
}

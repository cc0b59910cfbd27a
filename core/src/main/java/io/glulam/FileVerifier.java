package io.glulam;

import io.glulam.compare.ComparedFile;
import io.glulam.compare.Difference;
import io.glulam.compare.FileComparer;
import io.glulam.error.GlulamException;
import io.glulam.execute.SourceFile;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.storage.LocalFileReader;
import java.nio.file.Path;
import java.util.Optional;

/** Tells whether two files hold the same: value by value, bit by bit, null by null, level by level. */
public final class FileVerifier {
    private FileVerifier() {}

    /**
     * The first difference between two files; empty if there is none. How the files are laid out in row groups, pages
     * and encodings is none.
     *
     * @param options of which threads and buffers are used
     * @throws GlulamException if one of the files cannot be read
     */
    public static Optional<Difference> firstDifference(Path left, Path right, CompactionOptions options) {
        try (LocalFileReader leftReader = LocalFileReader.open(left);
                LocalFileReader rightReader = LocalFileReader.open(right)) {
            return new FileComparer(options.threads())
                    .firstDifference(side(leftReader, options), side(rightReader, options));
        }
    }

    private static ComparedFile side(LocalFileReader reader, CompactionOptions options) {
        // Each thread holds a page and a dictionary of both files.
        long share = options.bufferBytes() / options.threads();
        Footer footer = FooterReader.read(reader, options.bufferBytes());
        return new ComparedLocalFile(SourceFile.of(reader, footer, share));
    }
}

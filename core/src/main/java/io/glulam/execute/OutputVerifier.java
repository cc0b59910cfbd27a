package io.glulam.execute;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.page.PageHeader;
import io.glulam.page.PageWalker;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import io.glulam.storage.WrittenObject;
import java.util.Arrays;

/**
 * Reads the new file as a stranger would, before anybody else can: its footer parsed again, every page header of every
 * merged chunk walked, counts held against the source's footer.
 */
final class OutputVerifier {
    private static final int WINDOW = 4096;

    private final SourceFile file;
    private final Plan plan;
    private final SourceBytes written;
    private final RangeReader reader;

    OutputVerifier(SourceFile file, Plan plan, ObjectWriter out) {
        this.file = file;
        this.plan = plan;
        this.reader = new WrittenObject(out, file.bytes().name() + " (new)");
        this.written = new SourceBytes(reader);
    }

    /** @throws VerificationFailed if anything is not as planned */
    void verify() {
        Footer footer;
        try {
            footer = FooterReader.read(reader, Integer.MAX_VALUE);
        } catch (GlulamException failure) {
            throw new VerificationFailed(
                    Place.of(file.bytes().name()), "the new footer cannot be read: " + failure.getMessage());
        }
        checkFile(footer);
        for (int i = 0; i < plan.groups().size(); i++) {
            checkRowGroup(footer, i, plan.groups().get(i));
        }
    }

    private void checkFile(Footer footer) {
        Footer source = file.footer();
        require(footer.rowGroupCount() == plan.groups().size(), "the number of row groups");
        require(sumOfRows(footer) == sumOfRows(source), "the number of rows");
        require(footer.rowCount() == sumOfRows(footer), "the footer's number of rows");
        require(
                Arrays.equals(
                        footer.bytes(),
                        footer.schemaSpan().from(),
                        footer.schemaSpan().to(),
                        source.bytes(),
                        source.schemaSpan().from(),
                        source.schemaSpan().to()),
                "the schema");
        require(footer.keyValueMetadata().equals(source.keyValueMetadata()), "the key-value metadata");
        require(java.util.Objects.equals(footer.createdBy(), source.createdBy()), "the writer");
    }

    private static long sumOfRows(Footer footer) {
        long sum = 0;
        for (int i = 0; i < footer.rowGroupCount(); i++) {
            sum += footer.rows(i);
        }
        return sum;
    }

    private void checkRowGroup(Footer footer, int rowGroup, OutputGroup group) {
        require(footer.rows(rowGroup) == group.rows(), "the rows of row group " + rowGroup);
        int[] sources = group.sources().toArray();
        for (Leaf leaf : footer.schema().leaves()) {
            ColumnChunk chunk = footer.chunk(rowGroup, leaf.index());
            long values = 0;
            for (int source : sources) {
                values += file.footer().chunk(source, leaf.index()).valueCount();
            }
            require(chunk.valueCount() == values, "the values of row group " + rowGroup + ", column " + leaf.name());
            if (group instanceof OutputGroup.MergedGroup) {
                checkPages(chunk, rowGroup, leaf);
            } else {
                checkKept(chunk, file.footer().chunk(sources[0], leaf.index()), rowGroup, leaf);
            }
        }
    }

    private void checkPages(ColumnChunk chunk, int rowGroup, Leaf leaf) {
        Place place = new Place(null, rowGroup, leaf.name(), -1);
        long end = chunk.start() + chunk.compressedSize();
        long position = chunk.start();
        long values = 0;
        PageWalker walker = new PageWalker(written, WINDOW);
        walker.start(chunk);
        try {
            for (PageHeader header = walker.next(); header != null; header = walker.next()) {
                require(walker.position() == position, "a page's place");
                position += walker.headerLength() + header.compressedSize();
                values += header.isData() ? header.valueCount() : 0;
            }
        } catch (CorruptFile failure) {
            throw new VerificationFailed(place, failure.problem());
        }
        if (position != end || values != chunk.valueCount()) {
            throw new VerificationFailed(
                    place,
                    "pages of " + values + " values end at " + position + ", expected " + chunk.valueCount() + " at "
                            + end);
        }
    }

    private void checkKept(ColumnChunk chunk, ColumnChunk source, int rowGroup, Leaf leaf) {
        require(
                chunk.compressedSize() == source.compressedSize()
                        && chunk.uncompressedSize() == source.uncompressedSize(),
                "the size of row group " + rowGroup + ", column " + leaf.name());
        int length = (int) Math.min(64, chunk.compressedSize());
        byte[] left = new byte[length];
        byte[] right = new byte[length];
        written.read(chunk.start(), left, 0, length);
        file.bytes().read(source.start(), right, 0, length);
        require(Arrays.equals(left, right), "the first bytes of row group " + rowGroup + ", column " + leaf.name());
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new VerificationFailed(Place.of(file.bytes().name()), what + " in the new file differs");
        }
    }
}

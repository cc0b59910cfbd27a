package io.glulam.verify;

import io.glulam.decode.RowBoundaries;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.VerificationFailed;
import io.glulam.footer.ByteSpan;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterBytes;
import io.glulam.footer.FooterReader;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.pipeline.Workers;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Verify;
import io.glulam.source.ChunkExtents;
import io.glulam.source.ChunkExtents.Extent;
import io.glulam.source.ChunkLookup;
import io.glulam.source.SourceFile;
import io.glulam.statistics.BloomFilterHeader;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.WrittenObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the new file as any reader would, before it is published: parses its footer again, walks every page header of every
 * merged chunk, and holds all claims of the footer and the page indexes against the bytes and against the source's
 * footer. Asked for values, it decodes both sides of what was merged.
 */
public final class OutputVerifier {
    /** Column chunks that are collected to be read together. */
    private static final int MAX_UNREAD = 1024;

    private final SourceFile file;
    private final Plan plan;
    private final WrittenObject reader;
    private final Expectation whole;
    private final Workers workers;
    private final int threads;
    private final ChunkExtents extents;
    private final ChunkLookup sourceChunks;
    /** Checks of column chunks whose place in the file is right. */
    private final List<Runnable> unread = new ArrayList<>();

    private final AtomicLong unpackedBytes = new AtomicLong();

    private long end;
    private long bloomFiltersEnd;
    private long columnIndexesEnd;
    private long offsetIndexesEnd;

    /** @param workers that read the new file, several at once if it is a local one and its values need not be decoded */
    public OutputVerifier(SourceFile file, Plan plan, ObjectWriter out, Workers workers) {
        this.workers = workers;
        this.threads = out.copiesInStore() || plan.settings().verify() == Verify.VALUES ? 1 : workers.count();
        this.file = file;
        this.plan = plan;
        this.extents = new ChunkExtents(file);
        this.sourceChunks = new ChunkLookup(file);
        this.reader = new WrittenObject(out, file.bytes().name() + " (new)");
        this.whole = Expectation.of(reader.name());
    }

    /**
     * Verifies the new file and returns its footer.
     *
     * @throws VerificationFailed if anything is not as planned
     * @throws GlulamException if values are asked for and those of the source cannot be decoded
     * @throws StorageFailed if the new file cannot be read back
     */
    public Footer verify() {
        try {
            Footer footer = FooterReader.read(reader, file.bufferBytes());
            SourceFile written = SourceFile.of(reader, footer, file.bufferBytes(), file.codecs());
            checkFile(footer);
            for (int i = 0; i < plan.groups().size(); i++) {
                checkRowGroup(written, i, plan.groups().get(i));
                if (unread.size() >= MAX_UNREAD) {
                    readChunks();
                }
            }
            readChunks();
            return footer;
        } catch (VerificationFailed | StorageFailed | SourceChanged failure) {
            throw failure; // A store that does not answer says nothing about the new file.
        } catch (GlulamException failure) {
            Place place = failure.place().within(Place.of(reader.name()));
            if (!reader.name().equals(place.object())) {
                throw failure; // It is the source that cannot be decoded.
            }
            throw new VerificationFailed(place, "the new file cannot be read: " + failure.problem());
        }
    }

    private void readChunks() {
        workers.forEach(
                unread.size(),
                threads,
                "glulam-verifier",
                () -> i -> unread.get(i).run());
        unread.clear();
    }

    private void checkFile(Footer footer) {
        Footer source = file.footer();
        whole.require(footer.rowGroupCount() == plan.groups().size(), "the number of row groups");
        whole.require(footer.rowCount() == source.rowCount(), "the number of rows");
        whole.require(footer.statedRowCount() == source.rowCount(), "the footer's number of rows");
        whole.require(footer.version() == source.version(), "the version");
        whole.require(same(footer, footer.schemaSpan(), source, source.schemaSpan()), "the schema");
        whole.require(same(footer, footer.columnOrdersSpan(), source, source.columnOrdersSpan()), "the column orders");
        whole.require(footer.keyValueMetadata().equals(source.keyValueMetadata()), "the key-value metadata");
        whole.require(Objects.equals(footer.createdBy(), source.createdBy()), "the writer");
    }

    private static boolean same(Footer left, @Nullable ByteSpan a, Footer right, @Nullable ByteSpan b) {
        return FooterBytes.same(left.bytes(), a, right.bytes(), b);
    }

    private void checkRowGroup(SourceFile written, int rowGroup, OutputGroup group) {
        Footer footer = written.footer();
        whole.within(rowGroup, null).require(footer.rows(rowGroup) == group.rows(), "the number of rows");
        long start = end;
        int[] sources = group.sources().toArray();
        List<Extent> kept = group instanceof OutputGroup.KeptGroup ? extents.of(sources[0]) : List.of();
        for (Leaf leaf : footer.schema().leaves()) {
            ColumnChunk chunk = footer.chunk(rowGroup, leaf.index());
            Expectation here = whole.within(rowGroup, leaf.name());
            checkPlace(chunk, here, start, footer.offsetInFile());
            checkTail(chunk, here);
            here.require(chunk.type() == leaf.type().ordinal(), "the physical type");
            if (group instanceof OutputGroup.MergedGroup) {
                // Schema order is physical order, without a gap: a chunk described under another's name shows.
                here.require(chunk.start() == end || leaf.index() == 0, "the column chunk's offset");
                unread.add(() -> {
                    @Nullable
                    RowBoundaries boundaries = leaf.maxRepetitionLevel() == 0 ? null : boundaries(sources, leaf);
                    unpackedBytes.addAndGet(
                            new MergedChunkVerifier(written, here).verify(leaf, chunk, group.rows(), boundaries));
                    checkValues(written, sources, leaf, rowGroup);
                });
                end = chunk.start() + chunk.compressedSize();
            } else {
                long surplus = kept.get(leaf.index()).surplus();
                ColumnChunk before = file.footer().chunk(sources[0], leaf.index());
                unread.add(() ->
                        new KeptChunkVerifier(written.bytes(), file.bytes(), here).verify(chunk, before, surplus));
                end = Math.max(end, chunk.start() + chunk.compressedSize());
            }
        }
    }

    /** Row groups follow one another and end before the footer. */
    private static void checkPlace(ColumnChunk chunk, Expectation here, long start, long footerOffset) {
        here.require(chunk.start() >= start || !chunk.hasPages(), "the column chunk's offset");
        here.require(chunk.compressedSize() <= footerOffset - chunk.start(), "the column chunk's end");
    }

    /** Filters and indexes lie in the order of the chunks, each kind by itself: none stands for another's. */
    private void checkTail(ColumnChunk chunk, Expectation here) {
        bloomFiltersEnd = next(
                chunk.bloomFilterOffset(), bloomFilterLength(chunk), bloomFiltersEnd, here, "the bloom filter's place");
        columnIndexesEnd = next(
                chunk.columnIndexOffset(),
                chunk.columnIndexLength(),
                columnIndexesEnd,
                here,
                "the column index's place");
        offsetIndexesEnd = next(
                chunk.offsetIndexOffset(),
                chunk.offsetIndexLength(),
                offsetIndexesEnd,
                here,
                "the offset index's place");
    }

    /** Files may not tell it, and the new footer tells what the file's told: then the filter's header does. */
    private int bloomFilterLength(ColumnChunk chunk) {
        if (chunk.bloomFilterOffset() <= 0 || chunk.bloomFilterLength() >= 0) {
            return chunk.bloomFilterLength();
        }
        long offset = chunk.bloomFilterOffset();
        byte[] start = new byte[(int) Math.min(BloomFilterHeader.MAX_LENGTH, reader.size() - offset)];
        reader.read(offset, ByteBuffer.wrap(start));
        return BloomFilterHeader.parse(start, 0, start.length, offset).totalLength();
    }

    private static long next(long offset, int length, long previousEnd, Expectation here, String what) {
        if (offset <= 0) {
            return previousEnd;
        }
        here.require(offset == previousEnd || previousEnd == 0, what);
        return offset + length;
    }

    /** Not kept: there may be very many row groups. */
    private RowBoundaries boundaries(int[] sources, Leaf leaf) {
        Footer footer = file.footer();
        return new RowBoundaries(
                Arrays.stream(sources)
                        .mapToLong(source -> sourceChunks.chunk(source, leaf).valueCount())
                        .toArray(),
                Arrays.stream(sources).mapToLong(footer::rows).toArray());
    }

    /** Bytes that were decompressed to count the rows of merged column chunks. */
    public long unpackedBytes() {
        return unpackedBytes.get();
    }

    private void checkValues(SourceFile written, int[] sources, Leaf leaf, int rowGroup) {
        if (plan.settings().verify() == Verify.VALUES) {
            ValueVerifier.verify(file, sourceChunks, sources, written, rowGroup, leaf);
        }
    }
}

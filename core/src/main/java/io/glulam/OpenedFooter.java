package io.glulam;

import io.glulam.codec.JvmCodecs;
import io.glulam.error.GlulamException;
import io.glulam.fetch.StagedReader;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.format.SchemaNode;
import io.glulam.picture.ChunkPages;
import io.glulam.picture.PageLister;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.plan.Layout;
import io.glulam.plan.Settings;
import io.glulam.policy.LayoutPolicy;
import io.glulam.policy.RowGroupSizes;
import io.glulam.rows.RowCursors;
import io.glulam.rows.RowReader;
import io.glulam.source.SourceBytes;
import io.glulam.source.SourceFile;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.PartLimits;
import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;
import java.util.List;

/**
 * An object's footer, and its rows, for those who only look. One that is too long for the memory is read through windows as
 * long as this is open: from the file, or from a copy of it on the disk where the object is in a store. Thread-safe.
 */
public final class OpenedFooter implements AutoCloseable {
    private final RangeReader reader;
    private final Footer footer;
    private final long bufferBytes;

    private OpenedFooter(RangeReader reader, Footer footer, long bufferBytes) {
        this.reader = reader;
        this.footer = footer;
        this.bufferBytes = bufferBytes;
    }

    /**
     * Opens an object and reads its footer.
     *
     * @param options of which the memory and the temporary folder are used
     * @throws GlulamException if it cannot be read, or is no Parquet file
     */
    public static OpenedFooter of(ObjectRef object, CompactionOptions options) {
        return of(object.store().open(object.key()), options);
    }

    /** As above, of an object that is open already and is closed with this, or at once if its footer cannot be read. */
    static OpenedFooter of(RangeReader opened, CompactionOptions options) {
        ExecutionResources resources = options.resources();
        RangeReader reader = opened.isRemote() ? StagedReader.over(opened, resources, PartLimits.NONE) : opened;
        try {
            return new OpenedFooter(reader, FooterReader.read(reader, options.bufferBytes()), options.bufferBytes());
        } catch (GlulamException failure) {
            reader.close();
            throw failure;
        }
    }

    public Footer footer() {
        return footer;
    }

    /** Returns the object's size and row groups; {@code settings} decide which are fragments. */
    public FileShape shape(Settings settings) {
        return FileShape.of(footer, size(), settings);
    }

    /** Inspects the footer for what a compaction with these settings would find. */
    public Inspection inspect(Settings settings) {
        FileShape shape = shape(settings);
        boolean pageIndexes = shape.rowGroups() > 0
                && shape.columns() > 0
                && footer.chunk(0, 0).offsetIndexOffset() > 0;
        RowGroupSizes sizes = new RowGroupSizes() {
            @Override
            public int count() {
                return shape.rowGroups();
            }

            @Override
            public long rows(int rowGroup) {
                return footer.rows(rowGroup);
            }

            @Override
            public long compressedSize(int rowGroup) {
                return shape.rowGroupSizes()[rowGroup];
            }
        };
        Layout layout = LayoutPolicy.layout(sizes, settings, shape.bytes());
        return layout.isEmpty()
                ? new Inspection(shape, pageIndexes, false, shape.rowGroups())
                : new Inspection(shape, pageIndexes, true, layout.groups().size());
    }

    /**
     * Returns a reader of the object's rows, which reads as long as this is open.
     *
     * @param columns children of the schema's root, in the order that is wanted
     */
    public RowReader rows(List<SchemaNode> columns) {
        return new RowReader(source(), columns);
    }

    /**
     * Returns cursors of the object's leaves for readers that assemble rows themselves; they read as long as this is
     * open.
     */
    public RowCursors cursors() {
        return new RowCursors(source());
    }

    private SourceFile source() {
        return SourceFile.of(reader, footer, bufferBytes, JvmCodecs.INSTANCE);
    }

    /**
     * Lists the pages of a column chunk by their headers, of which each is a request where the object is in a store.
     *
     * @param column the leaf's index in the schema
     * @param maxPages how many at most, from the first one on
     * @throws GlulamException if they contradict the chunk's entry in the footer, or cannot be read
     */
    public ChunkPages pages(int rowGroup, int column, int maxPages) {
        return new PageLister(new SourceBytes(reader), footer).pages(rowGroup, column, maxPages);
    }

    /** Returns whether every read is a request over a network. */
    public boolean isRemote() {
        return reader.isRemote();
    }

    /** Returns the object's name for people. */
    public String name() {
        return reader.name();
    }

    /** Returns the size of the object in bytes. */
    public long size() {
        return reader.size();
    }

    /** Returns the requests to the store so far. */
    public Traffic traffic() {
        return reader.traffic();
    }

    @Override
    public void close() {
        reader.close();
    }
}

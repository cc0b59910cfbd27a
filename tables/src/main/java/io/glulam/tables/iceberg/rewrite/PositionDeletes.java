package io.glulam.tables.iceberg.rewrite;

import io.glulam.codec.JvmCodecs;
import io.glulam.decode.ByteSlice;
import io.glulam.decode.TripletReader;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.shape.DeletedRows;
import io.glulam.source.SourceChunk;
import io.glulam.source.SourceFile;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.RangeReader;
import io.glulam.tables.iceberg.plan.DeleteReach;
import io.glulam.tables.iceberg.rewrite.OutputJob.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.avro.Avro;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Reads which rows of an output's sources are deleted: from position delete files in Parquet and Avro (specification,
 * Position Delete Files) and from deletion vectors in Puffin files (Deletion Vectors). Holds a bit for each row of the
 * sources to which deletes apply while it reads.
 */
final class PositionDeletes {
    private static final Schema PATH_AND_POSITION =
            new Schema(MetadataColumns.DELETE_FILE_PATH, MetadataColumns.DELETE_FILE_POS);

    private final Function<String, ObjectRef> objects;
    private final long bufferBytes;

    /** @param objects opens a file by its path */
    PositionDeletes(Function<String, ObjectRef> objects, long bufferBytes) {
        this.objects = objects;
        this.bufferBytes = bufferBytes;
    }

    /** The rows of a source. */
    private static final class Rows {
        private final Source file;
        private final BitSet deleted = new BitSet();

        Rows(Source file) {
            this.file = file;
        }

        void delete(long position) {
            if (position < 0 || position >= file.rows()) {
                throw new CorruptFile(
                        Place.UNKNOWN,
                        "the file has " + file.rows() + " rows, and a delete names row " + position,
                        "find out which of the two is wrong before the table is changed");
            }
            deleted.set((int) position);
        }
    }

    /**
     * Returns the deleted rows of the sources that have some, by path.
     *
     * @throws GlulamException naming a source whose deletes cannot be read
     */
    Map<String, DeletedRows> of(Collection<Source> files) {
        Map<String, Rows> sources = new HashMap<>();
        long bits = 0;
        for (Source file : files) {
            if (!file.deletes().isEmpty()) {
                sources.put(file.location(), new Rows(file));
                bits += file.rows();
            }
        }
        Set<String> read = new HashSet<>();
        for (Source file : files) {
            for (DeleteFile delete : file.deletes()) {
                if (read.add(DeleteReach.key(delete))) {
                    read(delete, file, bits, sources);
                }
            }
        }
        Map<String, DeletedRows> deleted = new HashMap<>();
        sources.forEach((location, source) -> deleted.put(location, DeletedRows.of(source.deleted)));
        return deleted;
    }

    private void read(DeleteFile delete, Source file, long bits, Map<String, Rows> sources) {
        try {
            if (file.rows() > Integer.MAX_VALUE || bits / Byte.SIZE > bufferBytes / 2) {
                throw new Unsupported(
                        Place.UNKNOWN,
                        "deletes apply to files of " + bits + " rows together, which do not fit the memory",
                        "give more memory, or a smaller target-file-size-bytes");
            }
            switch (delete.format()) {
                case PUFFIN -> readVector(delete, Objects.requireNonNull(sources.get(file.location())));
                case PARQUET -> readParquet(delete, sources);
                case AVRO -> readAvro(delete, sources);
                default -> throw new Unsupported(Place.UNKNOWN, "its deletes are a file of " + delete.format(), null);
            }
        } catch (GlulamException failure) {
            throw failure.within(Place.of(objects.apply(file.location()).name()));
        }
    }

    private void readVector(DeleteFile delete, Rows source) {
        Long offset = delete.contentOffset();
        Long length = delete.contentSizeInBytes();
        if (offset == null || length == null || length > bufferBytes || length < 0) {
            throw new CorruptFile(Place.UNKNOWN, "a deletion vector of " + length + " bytes at " + offset);
        }
        byte[] bytes = new byte[Math.toIntExact(length)];
        try (RangeReader reader = open(delete)) {
            reader.read(offset, ByteBuffer.wrap(bytes));
        }
        PositionDeleteIndex index;
        try {
            index = PositionDeleteIndex.deserialize(bytes, delete);
        } catch (RuntimeException e) {
            throw new CorruptFile(Place.UNKNOWN, "a deletion vector that cannot be read: " + e.getMessage(), null, e);
        }
        index.forEach(source::delete);
    }

    private RangeReader open(DeleteFile delete) {
        ObjectRef object = objects.apply(delete.location());
        return object.store().open(object.key());
    }

    private void readParquet(DeleteFile delete, Map<String, Rows> sources) {
        try (RangeReader reader = open(delete)) {
            Footer footer = FooterReader.read(reader, bufferBytes);
            SourceFile file = SourceFile.of(reader, footer, bufferBytes, JvmCodecs.INSTANCE);
            Leaf paths = leaf(footer, MetadataColumns.DELETE_FILE_PATH, PhysicalType.BYTE_ARRAY);
            Leaf positions = leaf(footer, MetadataColumns.DELETE_FILE_POS, PhysicalType.INT64);
            Paths known = new Paths(sources);
            for (int i = 0; i < footer.rowGroupCount(); i++) {
                try (TripletReader path = triplets(file, i, paths);
                        TripletReader position = triplets(file, i, positions)) {
                    while (path.next() && position.next()) {
                        if (path.isNull() || position.isNull()) {
                            throw new CorruptFile(Place.UNKNOWN, "a position delete without a path or a position");
                        }
                        Rows source = known.find(path);
                        if (source != null) {
                            source.delete(position.bits());
                        }
                    }
                }
            }
        }
    }

    private static TripletReader triplets(SourceFile file, int rowGroup, Leaf leaf) {
        return new TripletReader(
                leaf,
                new SourceChunk(file, file.footer().chunk(rowGroup, leaf.index())),
                file.footer().createdBy());
    }

    private static Leaf leaf(Footer footer, Types.NestedField field, PhysicalType type) {
        for (Leaf leaf : footer.schema().leaves()) {
            Integer id = footer.schema().node(leaf).fieldId();
            boolean same = id == null ? leaf.path().equals(List.of(field.name())) : id == field.fieldId();
            if (same && leaf.type() == type && leaf.maxRepetitionLevel() == 0) {
                return leaf;
            }
        }
        throw new Unsupported(Place.UNKNOWN, "its position deletes have no column " + field.name(), null);
    }

    /** Finds sources by the bytes of their paths, which mostly are those of the row before. */
    private static final class Paths {
        private final Map<String, Rows> sources;
        private byte[] last = {};
        private @Nullable Rows found;

        Paths(Map<String, Rows> sources) {
            this.sources = sources;
        }

        @Nullable
        Rows find(TripletReader path) {
            ByteSlice bytes = path.bytes();
            boolean same = last.length > 0
                    && Arrays.equals(bytes.array(), bytes.from(), bytes.from() + bytes.length(), last, 0, last.length);
            if (!same) {
                last = bytes.toByteArray();
                found = sources.get(new String(last, StandardCharsets.UTF_8));
            }
            return found;
        }
    }

    private void readAvro(DeleteFile delete, Map<String, Rows> sources) {
        byte[] bytes;
        try (RangeReader reader = open(delete)) {
            if (reader.size() > bufferBytes / 2) {
                throw new Unsupported(Place.UNKNOWN, "its deletes do not fit the memory", "give more memory");
            }
            bytes = new byte[(int) reader.size()];
            reader.read(0, ByteBuffer.wrap(bytes));
        }
        Avro.ReadBuilder reader =
                Avro.read(new InMemoryInputFile(delete.location(), bytes)).project(PATH_AND_POSITION);
        try (CloseableIterable<IndexedRecord> rows = reader.build()) {
            for (IndexedRecord row : rows) {
                Rows source = sources.get(String.valueOf(row.get(0)));
                if (source != null) {
                    source.delete((Long) row.get(1));
                }
            }
        } catch (IOException e) {
            throw new StorageFailed(Place.of(delete.location()), "the deletes cannot be read", null, false, e);
        }
    }
}

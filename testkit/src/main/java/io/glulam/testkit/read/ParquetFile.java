package io.glulam.testkit.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * An open Parquet file. Everything wrong with it is a {@link MalformedFile}, thrown when it is read; encrypted files
 * are refused in {@link #open}. Safe for several threads, the {@link ColumnReader}s are not.
 */
public final class ParquetFile implements Closeable {
    private static final int TAIL = 8;
    private final FileChannel channel;
    private final long length;
    private final boolean checksChecksums;
    private final FileMetaData metaData;
    private final int footerLength;
    private final List<LeafColumn> leaves;
    private final Set<Long> startsOfChunks;

    /** A Bloom filter: its header, its bits, and the range of the file that it takes. */
    public record BloomFilter(BloomFilterHeader header, byte[] bits, long offset, long end) {}

    private ParquetFile(FileChannel channel, long length, boolean checksChecksums) {
        this.channel = channel;
        this.length = length;
        this.checksChecksums = checksChecksums;
        if (length < 4 + TAIL) {
            throw new MalformedFile("file of " + length + " bytes");
        }
        ByteCursor tail = new ByteCursor(bytes(length - TAIL, TAIL));
        this.footerLength = tail.nextInt();
        String magic = new String(tail.copyRest(), StandardCharsets.ISO_8859_1);
        if (!magic.equals("PAR1")) {
            throw new MalformedFile(magic.equals("PARE") ? "encrypted footer" : "no magic at the end");
        }
        if (footerLength < 0 || footerLength > length - 4 - TAIL) {
            throw new MalformedFile("footer length " + footerLength + " of a file of " + length);
        }
        // The limit keeps Thrift from believing list sizes that the footer has no room for.
        this.metaData = parsing("footer", footerOffset(), in -> Util.readFileMetaData(in, footerLength));
        this.leaves = LeafColumn.of(metaData.getSchema());
        this.startsOfChunks = startsOfChunks(metaData);
    }

    private static Set<Long> startsOfChunks(FileMetaData metaData) {
        return metaData.getRow_groups().stream()
                .filter(RowGroup::isSetColumns)
                .flatMap(group -> group.getColumns().stream())
                .filter(chunk -> chunk.isSetMeta_data() && !chunk.isSetFile_path())
                .filter(chunk -> chunk.getMeta_data().getNum_values() > 0)
                .map(chunk -> PageWalker.startOf(chunk.getMeta_data()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a chunk with values claims to begin at an offset. */
    boolean isStartOfChunk(long offset) {
        return startsOfChunks.contains(offset);
    }

    public static ParquetFile open(Path path) {
        return open(path, true);
    }

    /** For files whose page checksums are known to be wrong. */
    public static ParquetFile openIgnoringChecksums(Path path) {
        return open(path, false);
    }

    private static ParquetFile open(Path path, boolean checksChecksums) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            ParquetFile file = new ParquetFile(channel, channel.size(), checksChecksums);
            channel = null;
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            closeQuietly(channel);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FileMetaData metaData() {
        return metaData;
    }

    public long length() {
        return length;
    }

    /** Length of the footer's Thrift bytes. */
    public int footerLength() {
        return footerLength;
    }

    /** First byte of the footer. */
    public long footerOffset() {
        return length - TAIL - footerLength;
    }

    boolean checksChecksums() {
        return checksChecksums;
    }

    public List<LeafColumn> leaves() {
        return leaves;
    }

    public int rowGroups() {
        return metaData.getRow_groupsSize();
    }

    public ColumnChunk chunk(int rowGroup, int leaf) {
        List<ColumnChunk> columns = metaData.getRow_groups().get(rowGroup).getColumns();
        if (columns.size() != leaves.size()) {
            throw new MalformedFile(
                    "row group " + rowGroup + " has " + columns.size() + " chunks for " + leaves.size() + " leaves");
        }
        return columns.get(leaf);
    }

    /** The chunk's metadata, checked to be there, in this file, and of the leaf's type. */
    public ColumnMetaData chunkMetaData(int rowGroup, int leaf) {
        ColumnChunk chunk = chunk(rowGroup, leaf);
        if (chunk.isSetFile_path()) {
            throw new MalformedFile("chunk lies in another file, " + chunk.getFile_path());
        }
        ColumnMetaData data = chunk.getMeta_data();
        if (chunk.isSetCrypto_metadata() || data == null) {
            throw new MalformedFile("encrypted column " + leaves.get(leaf).dottedPath());
        }
        if (data.getType() != leaves.get(leaf).element().getType() || data.getCodec() == null) {
            throw new MalformedFile("chunk of type " + data.getType() + ", codec " + data.getCodec() + " for leaf "
                    + leaves.get(leaf).dottedPath());
        }
        return data;
    }

    /** Walks the page headers of a chunk. */
    public ChunkPages pages(int rowGroup, int leaf) {
        return PageWalker.walk(this, chunkMetaData(rowGroup, leaf));
    }

    /** The data pages of a chunk, decoded one by one. */
    public ColumnReader column(int rowGroup, int leaf) {
        return new ColumnReader(this, leaves.get(leaf), chunkMetaData(rowGroup, leaf), pages(rowGroup, leaf));
    }

    /** A whole chunk, decoded. */
    public Triplets triplets(int rowGroup, int leaf) {
        return Triplets.concat(column(rowGroup, leaf));
    }

    public Optional<ColumnIndex> columnIndex(int rowGroup, int leaf) {
        ColumnChunk chunk = chunk(rowGroup, leaf);
        return chunk.isSetColumn_index_offset() && chunk.getColumn_index_offset() > 0
                ? Optional.of(parsing("column index", chunk.getColumn_index_offset(), Util::readColumnIndex))
                : Optional.empty();
    }

    public Optional<OffsetIndex> offsetIndex(int rowGroup, int leaf) {
        ColumnChunk chunk = chunk(rowGroup, leaf);
        return chunk.isSetOffset_index_offset() && chunk.getOffset_index_offset() > 0
                ? Optional.of(parsing("offset index", chunk.getOffset_index_offset(), Util::readOffsetIndex))
                : Optional.empty();
    }

    public Optional<BloomFilter> bloomFilter(int rowGroup, int leaf) {
        ColumnMetaData chunk = chunkMetaData(rowGroup, leaf);
        long offset = chunk.getBloom_filter_offset();
        if (!chunk.isSetBloom_filter_offset() || offset <= 0) {
            return Optional.empty();
        }
        return Optional.of(parsing("Bloom filter", offset, in -> {
            BloomFilterHeader header = Util.readBloomFilterHeader(in);
            byte[] bits = bytes(in.position(), header.getNumBytes());
            return new BloomFilter(header, bits, offset, in.position() + bits.length);
        }));
    }

    /** The page whose header is at an offset. */
    public PageInfo pageAt(long offset) {
        return PageWalker.pageAt(this, offset);
    }

    public byte[] bytes(long offset, int count) {
        return FileInput.bytes(channel, offset, count);
    }

    FileInput inputAt(long offset) {
        return new FileInput(channel, offset, offset < footerOffset() ? footerOffset() : length - TAIL);
    }

    private interface Parser<T> {
        T parse(FileInput in) throws IOException;
    }

    private <T> T parsing(String what, long offset, Parser<T> parser) {
        try {
            return parser.parse(inputAt(offset));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new MalformedFile(what + " at " + offset + ": " + e, e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}

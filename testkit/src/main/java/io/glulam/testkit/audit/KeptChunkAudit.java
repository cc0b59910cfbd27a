package io.glulam.testkit.audit;

import io.glulam.testkit.lint.Findings;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.ParquetFile.BloomFilter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.OffsetIndex;

/** A column chunk of a kept row group: the source's bytes and claims, moved. */
final class KeptChunkAudit {
    private static final int BLOCK = 1 << 20;

    private final ParquetFile source;
    private final ParquetFile output;
    private final int group;
    private final int sourceGroup;
    private final int leaf;
    private final ColumnChunk before;
    private final ColumnChunk after;
    private final long shift;
    private final Coverage coverage;
    private final Findings findings;

    KeptChunkAudit(
            ParquetFile source,
            ParquetFile output,
            int group,
            int sourceGroup,
            int leaf,
            Coverage coverage,
            Findings findings) {
        this.source = source;
        this.output = output;
        this.group = group;
        this.sourceGroup = sourceGroup;
        this.leaf = leaf;
        this.before = source.chunk(sourceGroup, leaf);
        this.after = output.chunk(group, leaf);
        this.shift = Chunks.start(after.getMeta_data()) - Chunks.start(before.getMeta_data());
        this.coverage = coverage;
        this.findings = findings;
    }

    void check() {
        checkEntry();
        checkBytes();
        checkColumnIndex();
        checkOffsetIndex();
        checkBloomFilter();
    }

    /** All but the offsets of indexes and bloom filter equals the source's, offsets of pages moved by one shift. */
    private void checkEntry() {
        ColumnMetaData expected = new ColumnMetaData(before.getMeta_data());
        expected.setData_page_offset(moved(expected.getData_page_offset()));
        if (expected.isSetDictionary_page_offset()) {
            expected.setDictionary_page_offset(moved(expected.getDictionary_page_offset()));
        }
        if (expected.isSetIndex_page_offset()) {
            expected.setIndex_page_offset(moved(expected.getIndex_page_offset()));
        }
        ColumnMetaData found = new ColumnMetaData(after.getMeta_data());
        long size = found.getTotal_compressed_size();
        if (Chunks.isCorrected(source, sourceGroup, leaf, expected.getTotal_compressed_size(), size)) {
            expected.setTotal_compressed_size(size);
        }
        for (ColumnMetaData entry : new ColumnMetaData[] {expected, found}) {
            entry.unsetBloom_filter_offset();
            entry.unsetBloom_filter_length();
        }
        // As text: enumerations and unions of which the generated classes know no member cannot be compared.
        findings.errorUnlessEqual("kept meta_data", found.toString(), expected.toString());
        findings.errorUnless(!after.isSetFile_path(), "file_path is set");
        long deprecated = after.getFile_offset();
        findings.errorUnless(
                deprecated == 0 || deprecated == before.getFile_offset() + shift,
                "file_offset is " + deprecated + ", should be 0 or moved by " + shift);
    }

    private long moved(long offset) {
        return offset == 0 ? 0 : offset + shift;
    }

    private void checkBytes() {
        long start = Chunks.start(before.getMeta_data());
        long length = after.getMeta_data().getTotal_compressed_size();
        for (long at = 0; at < length; at += BLOCK) {
            int count = (int) Math.min(BLOCK, length - at);
            if (!Arrays.equals(source.bytes(start + at, count), output.bytes(start + shift + at, count))) {
                findings.error("kept bytes differ from the source's");
                break;
            }
        }
        coverage.add(start + shift, start + shift + length, "a kept column chunk", true);
    }

    private void checkColumnIndex() {
        // The reader goes by the offset alone; an index of no bytes is damaged.
        boolean had = before.isSetColumn_index_offset()
                && before.getColumn_index_length() > 0
                && readable(() -> source.columnIndex(sourceGroup, leaf));
        boolean has = after.isSetColumn_index_offset() && after.getColumn_index_offset() > 0;
        checkCarried("column index", had, has);
        if (has) {
            compare(
                    "column index",
                    before.getColumn_index_offset(),
                    before.getColumn_index_length(),
                    after.getColumn_index_offset(),
                    after.getColumn_index_length());
        }
    }

    private void checkOffsetIndex() {
        Optional<OffsetIndex> expected = orEmpty(() -> source.offsetIndex(sourceGroup, leaf))
                .filter(index -> before.getOffset_index_length() > 0);
        Optional<OffsetIndex> found = output.offsetIndex(group, leaf);
        checkCarried("offset index", expected.isPresent(), found.isPresent());
        if (expected.isPresent() && found.isPresent()) {
            expected.get().getPage_locations().forEach(page -> page.setOffset(page.getOffset() + shift));
            findings.errorUnlessEqual("kept offset index", found.get(), expected.get());
        }
        found.ifPresent(index -> coverage.add(
                after.getOffset_index_offset(),
                after.getOffset_index_offset() + after.getOffset_index_length(),
                "an offset index"));
    }

    private void checkBloomFilter() {
        int stated = before.getMeta_data().getBloom_filter_length();
        // One of which the footer tells fewer bytes than its header is damaged.
        Optional<BloomFilter> expected = orEmpty(() -> source.bloomFilter(sourceGroup, leaf))
                .filter(filter -> stated <= 0 || stated >= filter.end() - filter.offset());
        Optional<BloomFilter> found = output.bloomFilter(group, leaf);
        checkCarried("bloom filter", expected.isPresent(), found.isPresent());
        int claimed = after.getMeta_data().getBloom_filter_length(); // May be too much: then what follows came along.
        found.ifPresent(filter -> coverage.add(filter.end(), filter.offset() + claimed, "a bloom filter's end"));
        if (expected.isPresent() && found.isPresent()) {
            compare(
                    "bloom filter",
                    expected.get().offset(),
                    (int) (expected.get().end() - expected.get().offset()),
                    found.get().offset(),
                    (int) (found.get().end() - found.get().offset()));
        }
    }

    /** What was there is there, unless it could not be read; what was not there cannot have come from anywhere. */
    private void checkCarried(String what, boolean had, boolean has) {
        findings.errorUnless(has || !had, "lost its " + what);
        findings.errorUnless(had || !has, "has a " + what + " that the source has not, or that cannot be read");
    }

    private void compare(String what, long from, int fromLength, long to, int toLength) {
        boolean equal =
                fromLength == toLength && Arrays.equals(source.bytes(from, fromLength), output.bytes(to, toLength));
        findings.errorUnless(equal, "kept " + what + " differs from the source's");
        coverage.add(to, to + toLength, "a " + what);
    }

    private static <T> Optional<T> orEmpty(Supplier<Optional<T>> read) {
        try {
            return read.get();
        } catch (MalformedFile e) {
            return Optional.empty();
        }
    }

    private static <T> boolean readable(Supplier<Optional<T>> read) {
        return orEmpty(read).isPresent();
    }
}

package io.glulam.testkit.bytes;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;

/** How one page of a chunk is written. Every setter returns this. */
public final class PageScript {
    /** What the header says about the checksum. */
    public enum Checksum {
        ABSENT,
        RIGHT,
        WRONG
    }

    final int from;
    final int to;
    final boolean isIndexPage;
    int version = 1;
    Encoding encoding = Encoding.PLAIN;
    Encoding levelEncoding = Encoding.RLE;
    RunStyle levelRuns = RunStyle.USUAL;
    RunStyle valueRuns = RunStyle.USUAL;
    int extraWidth;
    boolean widthByte = true;
    boolean compressed = true;
    boolean valueBytesIfNone = true;
    boolean statistics;
    Checksum checksum = Checksum.ABSENT;
    UnaryOperator<int[]> repetition = levels -> levels;
    Consumer<PageHeader> header = page -> {};
    UnaryOperator<byte[]> headerBytes = bytes -> bytes;
    UnaryOperator<byte[]> levels = bytes -> bytes;
    UnaryOperator<byte[]> values = bytes -> bytes;
    UnaryOperator<byte[]> stored = bytes -> bytes;

    private PageScript(int from, int to, boolean isIndexPage) {
        this.from = from;
        this.to = to;
        this.isIndexPage = isIndexPage;
    }

    /** A data page of the chunk's values {@code [from, to)}, counted with nulls. */
    public static PageScript data(int from, int to) {
        return new PageScript(from, to, false);
    }

    /** An index page, which readers skip. */
    public static PageScript index() {
        return new PageScript(0, 0, true);
    }

    public PageScript version(int value) {
        version = value;
        return this;
    }

    public PageScript encoding(Encoding value) {
        encoding = value;
        return this;
    }

    /** RLE, or BIT_PACKED in V1 pages. */
    public PageScript levelEncoding(Encoding value) {
        levelEncoding = value;
        return this;
    }

    public PageScript levelRuns(RunStyle value) {
        levelRuns = value;
        return this;
    }

    /** Of dictionary indices and RLE booleans. */
    public PageScript valueRuns(RunStyle value) {
        valueRuns = value;
        return this;
    }

    /** Bits of an index more than the dictionary needs. */
    public PageScript extraWidth(int bits) {
        extraWidth = bits;
        return this;
    }

    /** Leaves the bit width out of a page of dictionary indices that has no value. */
    public PageScript withoutWidthByte() {
        widthByte = false;
        return this;
    }

    /** A V2 page that is not compressed although the chunk has a codec. */
    public PageScript uncompressed() {
        compressed = false;
        return this;
    }

    /** As {@link #uncompressed}; pages of version 1 have no such form and stay as they are. */
    public PageScript uncompressedIfVersion2() {
        return version == 2 ? uncompressed() : this;
    }

    /** A page without a value, in the same form, to stand before this one. */
    public PageScript emptyBefore() {
        return data(from, from).version(version).encoding(encoding);
    }

    /** A V2 page without value bytes at all where it has no value, not even those of compressed nothing. */
    public PageScript withoutBytesForNoValues() {
        valueBytesIfNone = false;
        return this;
    }

    public PageScript withStatistics() {
        statistics = true;
        return this;
    }

    public PageScript checksum(Checksum value) {
        checksum = value;
        return this;
    }

    /** Changes the finished header. */
    public PageScript tamperHeader(Consumer<PageHeader> change) {
        header = change;
        return this;
    }

    /** Changes the header's Thrift bytes. */
    public PageScript tamperHeaderBytes(UnaryOperator<byte[]> change) {
        headerBytes = change;
        return this;
    }

    /**
     * Changes the repetition levels that are written, of a copy; headers, indexes and statistics tell of those from
     * before.
     */
    public PageScript tamperRepetitionLevels(UnaryOperator<int[]> change) {
        repetition = change;
        return this;
    }

    /** Changes the runs of the repetition and the definition levels, each before compression and without its length. */
    public PageScript tamperLevels(UnaryOperator<byte[]> change) {
        levels = change;
        return this;
    }

    /** Changes the encoded values before compression. */
    public PageScript tamperValues(UnaryOperator<byte[]> change) {
        values = change;
        return this;
    }

    /** Changes the body as it is stored; sizes in the header are those from before. */
    public PageScript tamperBody(UnaryOperator<byte[]> change) {
        stored = change;
        return this;
    }

    boolean isDictionaryEncoded() {
        return encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY;
    }
}

package io.glulam.fuzz;

import io.glulam.error.GlulamException;
import io.glulam.format.PageType;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.page.PageHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** A page header: refused, or read as the reference implementation reads it, and the same when written and read again. */
public final class PageHeaderTarget {
    private PageHeaderTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        PageHeader header;
        try {
            header = PageHeader.read(new ThriftReader(input, 0, input.length, 0));
        } catch (GlulamException refused) {
            return;
        }
        org.apache.parquet.format.PageHeader reference = reference(input);
        if (reference != null && reference.getType() != null) {
            compare(header, reference);
        }
        if (!header.isData() && header.type() != PageType.DICTIONARY_PAGE) {
            return; // Pages of other types are passed over, never written.
        }
        byte[] written = written(header);
        PageHeader again = PageHeader.read(new ThriftReader(written, 0, written.length, 0));
        // Statistics hold arrays, which are equal only to themselves: they are compared as written.
        if (!withoutStatistics(again).equals(withoutStatistics(header)) || !Arrays.equals(written(again), written)) {
            throw new Mismatch("another header when written and read again: " + header);
        }
    }

    private static byte[] written(PageHeader header) {
        ThriftWriter out = new ThriftWriter(64);
        header.write(out);
        return out.toByteArray();
    }

    private static PageHeader withoutStatistics(PageHeader header) {
        return new PageHeader(
                header.type(),
                header.uncompressedSize(),
                header.compressedSize(),
                header.crc(),
                header.valueCount(),
                header.encoding(),
                header.definitionLevelEncoding(),
                header.repetitionLevelEncoding(),
                header.rowCount(),
                header.nullCount(),
                header.definitionLevelBytes(),
                header.repetitionLevelBytes(),
                header.compressed(),
                null);
    }

    private static org.apache.parquet.format.@Nullable PageHeader reference(byte[] input) {
        try {
            return Util.readPageHeader(new ByteArrayInputStream(input));
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return null;
        }
    }

    private static void compare(PageHeader header, org.apache.parquet.format.PageHeader reference) {
        same("type", header.type(), reference.getType().getValue());
        same("compressed_page_size", header.compressedSize(), reference.getCompressed_page_size());
        same("uncompressed_page_size", header.uncompressedSize(), reference.getUncompressed_page_size());
        switch (reference.getType()) {
            case DATA_PAGE -> {
                if (reference.isSetData_page_header()) {
                    same(
                            "num_values",
                            header.valueCount(),
                            reference.getData_page_header().getNum_values());
                }
            }
            case DATA_PAGE_V2 -> {
                if (reference.isSetData_page_header_v2()) {
                    same(
                            "num_values",
                            header.valueCount(),
                            reference.getData_page_header_v2().getNum_values());
                    same(
                            "num_rows",
                            header.rowCount(),
                            reference.getData_page_header_v2().getNum_rows());
                }
            }
            default -> {}
        }
    }

    private static void same(String what, long found, long expected) {
        if (found != expected) {
            throw new Mismatch(what + " is " + found + ", the reference reads " + expected);
        }
    }
}

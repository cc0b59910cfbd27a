package io.glulam.testkit.audit;

import io.glulam.testkit.lint.Findings;
import io.glulam.testkit.read.MetadataComparison;
import io.glulam.testkit.read.ParquetFile;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/** What the footer says of the whole file, and which row groups there are. */
final class FileAudit {
    private final ParquetFile source;
    private final ParquetFile output;
    private final List<Origin> origins;
    private final Findings findings;

    FileAudit(ParquetFile source, ParquetFile output, List<Origin> origins, Findings findings) {
        this.source = source;
        this.output = output;
        this.origins = origins;
        this.findings = findings;
    }

    void check() {
        findings.errorUnless(
                Arrays.equals(output.bytes(0, 4), output.bytes(output.length() - 4, 4)), "no magic at the start");
        MetadataComparison.firstDifferenceWithCreator(source, output).ifPresent(findings::error);
        FileMetaData meta = output.metaData();
        findings.errorUnless(!meta.isSetEncryption_algorithm(), "encryption_algorithm is set");
        findings.errorUnless(!meta.isSetFooter_signing_key_metadata(), "footer_signing_key_metadata is set");
        long rows =
                meta.getRow_groups().stream().mapToLong(RowGroup::getNum_rows).sum();
        findings.errorUnlessEqual("num_rows", meta.getNum_rows(), rows);
        findings.errorUnlessEqual("number of row groups", output.rowGroups(), origins.size());
        for (RowGroup group : meta.getRow_groups()) {
            findings.errorUnlessEqual(
                    "number of column chunks",
                    group.getColumnsSize(),
                    output.leaves().size());
            findings.errorUnless(group.getNum_rows() > 0, "row group without rows");
        }
        checkSources();
        checkOrdinals();
    }

    private void checkSources() {
        int[] used = new int[source.rowGroups()];
        for (Origin origin : origins) {
            for (int number : origin.sources()) {
                used[number]++;
            }
        }
        for (int i = 0; i < used.length; i++) {
            boolean empty = source.metaData().getRow_groups().get(i).getNum_rows() == 0;
            findings.errorUnless(
                    used[i] == 1 || empty && used[i] == 0,
                    "row group " + i + " of the source is used " + used[i] + " times");
        }
    }

    private static boolean hasOrdinal(RowGroup group) {
        return group.isSetOrdinal() && group.getOrdinal() >= 0;
    }

    /** Present and right where every row group of the source has one, none is negative, and 16 bits suffice; else absent. */
    private void checkOrdinals() {
        boolean expected = output.rowGroups() - 1 <= Short.MAX_VALUE
                && source.metaData().getRow_groups().stream().allMatch(FileAudit::hasOrdinal);
        for (int i = 0; i < output.rowGroups(); i++) {
            RowGroup group = output.metaData().getRow_groups().get(i);
            Short ordinal = group.isSetOrdinal() ? group.getOrdinal() : null;
            findings.errorUnlessEqual("ordinal of row group " + i, ordinal, expected ? (short) i : null);
        }
    }
}

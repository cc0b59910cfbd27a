package io.glulam.testkit.audit;

import io.glulam.testkit.lint.Findings;
import io.glulam.testkit.read.ParquetFile;
import java.util.List;
import org.apache.parquet.format.RowGroup;

/**
 * The footer's entry of a kept row group, without its chunks: the source's, but for ordinal and file_offset. Where the sizes
 * of chunks were corrected, the sum is corrected by as much.
 */
final class KeptGroupAudit {
    private final ParquetFile source;
    private final int sourceGroup;
    private final RowGroup before;
    private final RowGroup after;
    private final long start;
    private final Findings findings;

    KeptGroupAudit(ParquetFile source, ParquetFile output, int group, int sourceGroup, Findings findings) {
        this.source = source;
        this.sourceGroup = sourceGroup;
        this.before = source.metaData().getRow_groups().get(sourceGroup);
        this.after = output.metaData().getRow_groups().get(group);
        this.start = output.leaves().isEmpty() ? 0 : output.pages(group, 0).start();
        this.findings = findings;
    }

    void check() {
        RowGroup expected = new RowGroup(before);
        RowGroup found = new RowGroup(after);
        for (RowGroup entry : new RowGroup[] {expected, found}) {
            entry.setColumns(List.of());
            entry.unsetOrdinal();
            entry.unsetFile_offset();
        }
        long corrected = corrected();
        if (expected.isSetTotal_compressed_size() && corrected > 0) {
            // A sum that is less than what it is corrected by was no sum of sizes.
            expected.setTotal_compressed_size(Math.max(0, expected.getTotal_compressed_size() - corrected));
        }
        findings.errorUnlessEqual("kept row group", found, expected);
        findings.errorUnlessEqual("file_offset is set", after.isSetFile_offset(), before.isSetFile_offset());
        boolean wasTrue = before.isSetFile_offset() && before.getFile_offset() == sourceStart();
        if (wasTrue) {
            findings.errorUnlessEqual("file_offset", after.getFile_offset(), start);
        }
    }

    /** Bytes by which sizes of chunks became smaller, where pages end earlier than the source says. */
    private long corrected() {
        long bytes = 0;
        for (int leaf = 0; leaf < before.getColumnsSize(); leaf++) {
            long size = before.getColumns().get(leaf).getMeta_data().getTotal_compressed_size();
            long found = after.getColumns().get(leaf).getMeta_data().getTotal_compressed_size();
            bytes += Chunks.isCorrected(source, sourceGroup, leaf, size, found) ? size - found : 0;
        }
        return bytes;
    }

    private long sourceStart() {
        return before.getColumns().isEmpty()
                ? -1
                : Chunks.start(before.getColumns().get(0).getMeta_data());
    }
}

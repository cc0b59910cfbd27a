package io.glulam.testkit.audit;

import io.glulam.testkit.lint.Findings;
import io.glulam.testkit.read.ParquetFile;
import java.util.List;
import org.apache.parquet.format.RowGroup;

/** The footer's entry of a kept row group, without its chunks: the source's, but for ordinal and file_offset. */
final class KeptGroupAudit {
    private final RowGroup before;
    private final RowGroup after;
    private final long start;
    private final Findings findings;

    KeptGroupAudit(ParquetFile source, ParquetFile output, int group, int sourceGroup, Findings findings) {
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
        findings.errorUnlessEqual("kept row group", found, expected);
        findings.errorUnlessEqual("file_offset is set", after.isSetFile_offset(), before.isSetFile_offset());
        boolean wasTrue = before.isSetFile_offset() && before.getFile_offset() == sourceStart();
        if (wasTrue) {
            findings.errorUnlessEqual("file_offset", after.getFile_offset(), start);
        }
    }

    private long sourceStart() {
        return before.getColumns().isEmpty()
                ? -1
                : Chunks.start(before.getColumns().get(0).getMeta_data());
    }
}

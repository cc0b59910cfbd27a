package io.glulam.testkit.lint;

import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * Checks a file against the specification: every claim in footer, page headers, indexes and Bloom filters is compared
 * with the decoded values. Geospatial statistics are not checked.
 */
public final class Linter {
    private final ParquetFile file;
    private final Findings findings = new Findings();
    private final RegionLint regions = new RegionLint();

    private Linter(ParquetFile file) {
        this.file = file;
    }

    /** All findings; a file that cannot be opened has one. Throws nothing but I/O errors. */
    public static List<Finding> check(Path path) {
        try (ParquetFile file = ParquetFile.open(path)) {
            return new Linter(file).check();
        } catch (MalformedFile e) {
            return List.of(new Finding(Severity.ERROR, -1, -1, "cannot be opened: " + e.getMessage()));
        }
    }

    /** Only the findings that are {@link Severity#ERROR}s. */
    public static List<Finding> errors(Path path) {
        return check(path).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    /** The errors in an output of a kind that the source has none of: what a finding says counts, without its numbers. */
    public static List<Finding> newErrors(Path source, Path output) {
        return newErrors(errors(source), output);
    }

    /** The same for a source whose errors are known. */
    public static List<Finding> newErrors(List<Finding> source, Path output) {
        Set<String> known = new HashSet<>();
        for (Finding finding : source) {
            known.add(kind(finding));
        }
        return errors(output).stream()
                .filter(finding -> !known.contains(kind(finding)))
                .toList();
    }

    private static String kind(Finding finding) {
        return finding.column() + finding.message().replaceAll("[0-9]+", "#");
    }

    private List<Finding> check() {
        checkFile();
        for (int group = 0; group < file.rowGroups(); group++) {
            Findings here = findings.at(group, -1);
            try {
                checkRowGroup(group, here);
                SortingLint.check(file, group, here);
            } catch (MalformedFile e) {
                here.error("cannot be read: " + e.getMessage());
            }
        }
        regions.check();
        return findings.all();
    }

    private void checkFile() {
        FileMetaData meta = file.metaData();
        String magic = new String(file.bytes(0, 4), StandardCharsets.ISO_8859_1);
        findings.errorUnless(magic.equals("PAR1"), "no magic at the start");
        regions.add(0, 4, "magic", findings);
        regions.add(file.footerOffset(), file.length(), "footer", findings);
        long rows =
                meta.getRow_groups().stream().mapToLong(RowGroup::getNum_rows).sum();
        findings.errorUnlessEqual("num_rows", meta.getNum_rows(), rows);
        if (meta.isSetColumn_orders()) {
            findings.errorUnlessEqual(
                    "number of column orders",
                    meta.getColumn_orders().size(),
                    file.leaves().size());
        }
    }

    private void checkRowGroup(int number, Findings here) {
        RowGroup group = file.metaData().getRow_groups().get(number);
        here.warningUnless(group.getNum_rows() > 0, "row group without rows");
        if (group.isSetOrdinal()) {
            here.errorUnlessEqual("ordinal", group.getOrdinal(), (short) number);
        }
        if (group.getColumnsSize() != file.leaves().size()) {
            here.error(group.getColumnsSize() + " column chunks for "
                    + file.leaves().size() + " leaves");
            return;
        }
        for (LeafColumn leaf : file.leaves()) {
            new ChunkLint(file, number, leaf, regions, findings).check();
        }
        checkSizesAndOrder(number, group, here);
    }

    private void checkSizesAndOrder(int number, RowGroup group, Findings here) {
        long uncompressed = 0;
        long compressed = 0;
        long previous = number == 0 ? 0 : start(number - 1, file.leaves().size() - 1);
        for (int i = 0; i < file.leaves().size(); i++) {
            ColumnMetaData chunk = file.chunkMetaData(number, i);
            uncompressed += chunk.getTotal_uncompressed_size();
            compressed += chunk.getTotal_compressed_size();
            long start = start(number, i);
            here.warningUnless(start >= previous, "chunk of column " + i + " lies before the one in front of it");
            previous = start;
        }
        here.warningUnlessEqual("total_byte_size", group.getTotal_byte_size(), uncompressed);
        if (group.isSetTotal_compressed_size()) {
            here.errorUnlessEqual("total_compressed_size", group.getTotal_compressed_size(), compressed);
        }
        if (group.isSetFile_offset() && !file.leaves().isEmpty()) {
            here.warningUnlessEqual("file_offset", group.getFile_offset(), start(number, 0));
        }
    }

    private long start(int rowGroup, int leaf) {
        return file.pages(rowGroup, leaf).start();
    }
}

package io.glulam.splice;

import io.glulam.footer.Footer;
import io.glulam.format.Leaf;
import io.glulam.page.ByteSource;
import io.glulam.format.LittleEndian;
import io.glulam.source.Fragment;
import io.glulam.statistics.WriterTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file in memory whose row groups are all fragments. */
final class SurveyedFile implements ByteSource {
    static final int MAX_PAGE = 1 << 24;

    private final byte[] bytes;
    private final Footer footer;

    SurveyedFile(Path path) throws IOException {
        bytes = Files.readAllBytes(path);
        int length = LittleEndian.getInt(bytes, bytes.length - 8);
        int start = bytes.length - 8 - length;
        footer = Footer.parse(Arrays.copyOfRange(bytes, start, start + length), start);
    }

    List<Leaf> leaves() {
        return footer.schema().leaves();
    }

    WriterTrust trust() {
        return WriterTrust.of(footer.createdBy());
    }

    /** A column of all row groups. */
    SurveyedColumn column(int leaf, long dictionaryCap) {
        List<Fragment> fragments = new ArrayList<>();
        for (int group = 0; group < footer.rowGroupCount(); group++) {
            fragments.add(new Fragment(group, footer.rows(group), footer.chunk(group, leaf)));
        }
        return new ColumnSurveyor(this, MAX_PAGE, dictionaryCap).survey(leaves().get(leaf), fragments);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
        System.arraycopy(bytes, (int) position, target, from, length);
    }
}

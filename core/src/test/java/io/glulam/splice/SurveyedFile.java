package io.glulam.splice;

import io.glulam.codec.JvmCodecs;
import io.glulam.footer.FooterReader;
import io.glulam.format.Leaf;
import io.glulam.local.LocalFileReader;
import io.glulam.source.SourceFile;
import io.glulam.storage.RangeReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A file whose row groups are all fragments. */
final class SurveyedFile {
    private static final int BUFFERS = 1 << 26;

    private final SourceFile file;

    SurveyedFile(Path path) {
        RangeReader reader = LocalFileReader.open(path);
        file = SourceFile.of(reader, FooterReader.read(reader, BUFFERS), BUFFERS, JvmCodecs.INSTANCE);
    }

    List<Leaf> leaves() {
        return file.footer().schema().leaves();
    }

    /** A column of all row groups. */
    SurveyedColumn column(int leaf, long dictionaryCap) {
        int[] all = IntStream.range(0, file.footer().rowGroupCount()).toArray();
        Leaf wanted = leaves().get(leaf);
        return new ColumnSurveyor(dictionaryCap).survey(wanted, file.fragments(all, wanted));
    }
}

package io.glulam.join;

import io.glulam.footer.ChunkEntries;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.schema.ColumnFit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the pages of the output's columns have a dictionary, in the first input that has the column. Not thread-safe. */
final class SeenDictionaries {
    private final Map<List<String>, Integer> encodings = new HashMap<>();

    /** Notes the columns of an input that are seen for the first time. */
    void note(Footer footer, List<Leaf> output, List<ColumnFit> fits) {
        boolean isNew = fits.size() > encodings.size();
        int rowGroup = 0;
        while (rowGroup < footer.rowGroupCount() && footer.rows(rowGroup) == 0) {
            rowGroup++;
        }
        if (!isNew || rowGroup == footer.rowGroupCount()) {
            return;
        }
        int[] own = new int[footer.schema().leaves().size()];
        ChunkEntries entries = footer.entries().start(rowGroup);
        for (int i = 0; i < own.length; i++) {
            own[i] = dictionaryEncoding(entries.next());
        }
        for (int i = 0; i < fits.size(); i++) {
            if (fits.get(i).hasValues()) {
                encodings.putIfAbsent(output.get(i).path(), own[fits.get(i).column()]);
            }
        }
    }

    private static int dictionaryEncoding(ColumnChunk chunk) {
        return Arrays.stream(chunk.encodings())
                .filter(Encoding::isDictionary)
                .max()
                .orElse(-1);
    }

    /** By path: the Thrift value of the dictionary encoding, or -1 for none. */
    Map<List<String>, Integer> encodings() {
        return Map.copyOf(encodings);
    }
}

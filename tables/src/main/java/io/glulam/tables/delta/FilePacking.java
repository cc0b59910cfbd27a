package io.glulam.tables.delta;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Packs files into outputs: in the order in which they were written, each into the first output that it fits. So any two outputs
 * are together larger than the target, and a second compaction finds nothing to merge.
 */
final class FilePacking {
    private static final Comparator<DataFile> ORDER =
            Comparator.comparingLong(DataFile::modified).thenComparing(DataFile::path);

    private FilePacking() {}

    /** Returns files in the order in which they were written. */
    static List<DataFile> ordered(List<DataFile> files) {
        List<DataFile> ordered = new ArrayList<>(files);
        ordered.sort(ORDER);
        return ordered;
    }

    /**
     * Packs files.
     *
     * @param targetBytes that an output should have at most
     * @return outputs, each with its files in the order of their rows
     */
    static List<List<DataFile>> pack(List<DataFile> files, long targetBytes) {
        List<DataFile> ordered = ordered(files);
        List<List<DataFile>> outputs = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        for (DataFile file : ordered) {
            int output = 0;
            while (output < outputs.size() && sizes.get(output) + file.liveBytes() > targetBytes) {
                output++;
            }
            if (output == outputs.size()) {
                outputs.add(new ArrayList<>());
                sizes.add(0L);
            }
            outputs.get(output).add(file);
            sizes.set(output, sizes.get(output) + file.liveBytes());
        }
        return outputs;
    }
}

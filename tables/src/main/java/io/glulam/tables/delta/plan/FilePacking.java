package io.glulam.tables.delta.plan;

import io.glulam.tables.delta.files.DataFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs files into outputs: runs of files that follow each other, as long as the target allows, and then each run into the first
 * output that it fits. So outputs hold neighbors, any two of them are together larger than the target, and a second compaction
 * finds nothing to merge.
 */
public final class FilePacking {
    private FilePacking() {}

    /** Files of an output. */
    private static final class Output {
        private final List<DataFile> files = new ArrayList<>();
        private long bytes;

        void add(List<DataFile> more, long moreBytes) {
            files.addAll(more);
            bytes += moreBytes;
        }
    }

    /**
     * Packs files.
     *
     * @param ordered in the order of their rows
     * @param targetBytes that an output should have at most
     * @return outputs, each with its files in the order of their rows
     */
    public static List<List<DataFile>> pack(List<DataFile> ordered, long targetBytes) {
        List<Output> outputs = new ArrayList<>();
        for (Output run : runs(ordered, targetBytes)) {
            Output output = outputs.stream()
                    .filter(candidate -> candidate.bytes + run.bytes <= targetBytes)
                    .findFirst()
                    .orElse(null);
            if (output == null) {
                outputs.add(run);
            } else {
                output.add(run.files, run.bytes);
            }
        }
        return outputs.stream().map(output -> output.files).toList();
    }

    private static List<Output> runs(List<DataFile> ordered, long targetBytes) {
        List<Output> runs = new ArrayList<>();
        Output run = new Output();
        for (DataFile file : ordered) {
            if (!run.files.isEmpty() && run.bytes + file.liveBytes() > targetBytes) {
                runs.add(run);
                run = new Output();
            }
            run.add(List.of(file), file.liveBytes());
        }
        if (!run.files.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }
}

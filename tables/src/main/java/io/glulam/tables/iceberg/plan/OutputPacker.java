package io.glulam.tables.iceberg.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides the files of a partition into groups, and a group into outputs. A pure function of sizes and order. Two outputs
 * that follow each other would not fit one, so that the next run does not merge them again.
 */
final class OutputPacker {
    private final RewriteOptions options;

    OutputPacker(RewriteOptions options) {
        this.options = options;
    }

    /** Returns the groups of files, in order. */
    List<List<TableFile>> groups(List<TableFile> files) {
        return divided(files, options.maxGroupBytes(), options.maxGroupFiles());
    }

    /** Returns whether a group is worth merging: enough files, enough bytes, or files that gain by themselves. */
    boolean gains(List<TableFile> group) {
        long bytes = group.stream().mapToLong(TableFile::bytes).sum();
        boolean enough = group.size() > 1 && (group.size() >= options.minInputFiles() || bytes > options.targetBytes());
        return enough || options.rewriteAll();
    }

    /**
     * Returns the sources of each output of a group. A file alone is an output only if its row groups are too small, or all
     * files are to be written anew.
     *
     * @param alone hears of the files that would be alone
     */
    List<List<TableFile>> outputs(List<TableFile> group, List<TableFile> alone) {
        List<List<TableFile>> outputs = new ArrayList<>();
        if (!gains(group)) {
            for (TableFile file : group) {
                if (file.fragmented()) {
                    outputs.add(List.of(file));
                } else {
                    alone.add(file);
                }
            }
            return outputs;
        }
        for (List<TableFile> output : divided(group, options.targetBytes(), Long.MAX_VALUE)) {
            if (output.size() > 1 || output.get(0).fragmented() || options.rewriteAll()) {
                outputs.add(output);
            } else {
                alone.addAll(output);
            }
        }
        return outputs;
    }

    private static List<List<TableFile>> divided(List<TableFile> files, long maxBytes, long maxFiles) {
        List<List<TableFile>> parts = new ArrayList<>();
        List<TableFile> part = new ArrayList<>();
        long bytes = 0;
        for (TableFile file : files) {
            if (!part.isEmpty() && (bytes + file.bytes() > maxBytes || part.size() >= maxFiles)) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(file);
            bytes += file.bytes();
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }
}

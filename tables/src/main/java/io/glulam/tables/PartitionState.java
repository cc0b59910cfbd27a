package io.glulam.tables;

/**
 * A partition of a table, or the whole of a table that has none.
 *
 * @param name for people, such as {@code day=2026-11-01}; empty for a table without partitions
 * @param files number of data files
 * @param bytes sum of their sizes
 * @param rows sum of their rows
 * @param deleteFiles number of data files to which deletes apply
 * @param candidates number of files that a compaction would merge
 * @param candidateBytes sum of their sizes
 * @param groups number of groups of them; each is merged apart
 * @param outputs number of files that they would become
 */
public record PartitionState(
        String name,
        int files,
        long bytes,
        long rows,
        int deleteFiles,
        int candidates,
        long candidateBytes,
        int groups,
        int outputs) {}

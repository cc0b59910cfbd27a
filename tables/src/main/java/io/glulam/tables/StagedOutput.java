package io.glulam.tables;

/**
 * A file that a staged compaction will write.
 *
 * @param partition its partition, for people; empty for a table without partitions
 * @param files number of its sources
 * @param bytes sum of their sizes
 * @param digest of the sources' paths and sizes, in order: two plans with equal digests read the same rows
 */
public record StagedOutput(String partition, int files, long bytes, String digest) {}

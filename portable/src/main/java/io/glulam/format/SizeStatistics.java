package io.glulam.format;

/**
 * The specification's {@code SizeStatistics}.
 *
 * @param unencodedByteArrayBytes -1 if absent
 * @param repetitionLevels values per repetition level; empty if absent
 * @param definitionLevels values per definition level; empty if absent
 */
@SuppressWarnings("ArrayRecordComponent")
public record SizeStatistics(long unencodedByteArrayBytes, long[] repetitionLevels, long[] definitionLevels) {}

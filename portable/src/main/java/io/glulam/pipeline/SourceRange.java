package io.glulam.pipeline;

import io.glulam.source.SourceBytes;

/**
 * A range of a source on its way to the output as it is.
 *
 * @param source that holds it
 * @param position of its first byte there
 * @param length in bytes
 */
public record SourceRange(SourceBytes source, long position, long length) {}

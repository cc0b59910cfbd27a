package io.glulam.cli.config;

/**
 * A value that is set once for all runs.
 *
 * @param value as it would be typed
 * @param origin where it is set: the name of a variable, or a file and its line
 */
public record Configured(String value, String origin) {}

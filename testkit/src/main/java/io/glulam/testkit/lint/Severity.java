package io.glulam.testkit.lint;

/** How bad a finding is. */
public enum Severity {
    /** A claim that is false, or a file that cannot be read: readers may return wrong rows. */
    ERROR,
    /** Legal or harmless, but nothing that a careful writer produces. */
    WARNING
}

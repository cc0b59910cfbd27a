package io.glulam.tables.delta.files;

/** Data files whose columns have other physical forms, so that no one file can hold both by moving bytes. */
public final class FormsDiffer extends Exception {
    private static final long serialVersionUID = 1L;

    FormsDiffer(String problem) {
        super(problem, null, false, false);
    }
}

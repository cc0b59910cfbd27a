package io.glulam.bench;

import java.util.Locale;

/** What can be measured: a section of the documentation each. */
enum Section {
    INPUTS,
    COPY,
    MERGE,
    BALANCED,
    SMALLEST,
    READING,
    PREDICTION,
    FOOTERS,
    TABLES,
    SPARK;

    /** As the command line and the markers in the documentation say it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

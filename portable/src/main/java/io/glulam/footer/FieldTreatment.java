package io.glulam.footer;

/** The treatment of a footer field when its row group moves. */
enum FieldTreatment {
    /** An offset: it moves along with its column chunk; 0 is absent and stays 0. */
    SHIFT,
    /** Says nothing about places: its bytes are carried verbatim. */
    KEEP,
    /** Set from what the writer is told, or edited field by field. */
    REBUILD,
    /** Left out of the new footer, and reported. */
    DROP,
    /** Files that have it are refused when the footer is read. */
    REFUSE
}

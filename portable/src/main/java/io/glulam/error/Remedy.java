package io.glulam.error;

import org.jspecify.annotations.Nullable;

/**
 * A remedy that callers carry out by an option of their own: the library says what helps, and a command or a server can say
 * how it is asked to do that.
 */
public enum Remedy {
    MORE_MEMORY_OR_DISK("spool to the disk, or allow more memory"),
    MORE_MEMORY("allow more memory"),
    MORE_SPACE("free space, or name another folder for temporary files"),
    OVERWRITE("allow overwriting"),
    OTHER_OBJECT("write to another object"),
    OTHER_COMPACTION("use the table's own compaction, or write to another object"),
    OTHER_BACKUP_SUFFIX("choose another backup suffix"),
    SAME_BACKUP_SUFFIX("name the backup suffix that the compaction had"),
    NOT_STRICT("do without strictness to drop it"),
    NOT_STRICT_OR_NEWER("do without strictness to drop it, or use a version that knows the field"),
    REWRITE_ALL("rewriting all row groups writes it anew"),
    OTHER_METADATA_RULE("merge with the metadata rule common or first"),
    OTHER_SCHEMAS("merge files of schemas that go together, or give the others an output of their own"),
    WIDER_TYPES("let columns take the wider type"),
    PRESERVED_ORDER("keep the order of all rows"),
    REPLACE_AGAIN("merge the same inputs again, and have them deleted"),
    SAME_FOLDER_FOR_KEPT("name the folder for kept inputs that the merge before had");

    /** The end of a remedy of {@link #buffers} where fewer rows in a merged row group help as well. */
    public static final String OR_FEWER_ROWS = ", or fewer rows in a row group";

    private static final String BUFFERS = "allow ";
    private static final String OF_BUFFERS = " bytes of buffers";

    private final String text;

    Remedy(String text) {
        this.text = text;
    }

    /** Returns the remedy for people who use the library. */
    public String text() {
        return text;
    }

    /** Returns the remedy where buffers have to take {@code bytes}. */
    public static String buffers(long bytes) {
        return BUFFERS + bytes + OF_BUFFERS;
    }

    /**
     * Returns the bytes that {@link #buffers} was given for a failure whose remedy is {@code text}; -1 if that is another
     * remedy.
     */
    public static long buffersOf(@Nullable String text) {
        if (text == null || !text.startsWith(BUFFERS) || !text.contains(OF_BUFFERS)) {
            return -1;
        }
        int end = text.indexOf(OF_BUFFERS);
        return Long.parseLong(text, BUFFERS.length(), end, 10);
    }

    /** Returns the remedy that a failure tells as {@code text}; null if that is another one. */
    public static @Nullable Remedy of(@Nullable String text) {
        for (Remedy remedy : values()) {
            if (remedy.text.equals(text)) {
                return remedy;
            }
        }
        return null;
    }
}

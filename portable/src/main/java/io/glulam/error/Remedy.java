package io.glulam.error;

import org.jspecify.annotations.Nullable;

/**
 * A remedy that callers carry out by an option of their own: the library says what helps, and a command or a server can say
 * how it is asked to do that.
 */
public enum Remedy {
    MORE_MEMORY("allow more memory"),
    MORE_MEMORY_OR_DISK("spool to the disk, or allow more memory"),
    OTHER_TEMPORARY_FOLDER("name another folder for temporary files"),
    MORE_SPACE("free space, or name another folder for temporary files"),
    OVERWRITE("allow overwriting"),
    OTHER_OBJECT("write to another object"),
    OTHER_COMPACTION("use the table's own compaction, or write to another object"),
    OTHER_BACKUP_SUFFIX("choose another backup suffix"),
    SAME_BACKUP_SUFFIX("name the backup suffix that the compaction had"),
    NOT_STRICT("do without strictness to drop it"),
    NOT_STRICT_OR_NEWER("do without strictness to drop it, or use a version that knows the field"),
    REWRITE_ALL("rewriting all row groups writes it anew"),
    OTHER_METADATA_RULE("merge with the metadata rule common or first");

    /** Buffers take one part in so many of {@code --memory}. */
    private static final int BUFFERS_IN_MEMORY = 8;

    private final String text;

    Remedy(String text) {
        this.text = text;
    }

    /** Returns the remedy for people who use the library. */
    public String text() {
        return text;
    }

    /** Returns the remedy where buffers would have to take {@code bufferBytes}, with the memory that allows them. */
    public static String memoryFor(long bufferBytes) {
        return "raise --memory to " + ((bufferBytes * BUFFERS_IN_MEMORY >> 20) + 1) + " MiB";
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

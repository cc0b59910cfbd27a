package io.glulam.error;

import org.jspecify.annotations.Nullable;

/**
 * A remedy that callers carry out by an option of their own: the library says what helps, and a command or a server can say
 * how it is asked to do that.
 */
public enum Remedy {
    /** With the bytes that buffers have to take. */
    BUFFERS("allow ", " bytes of buffers"),
    /** With the bytes that buffers have to take. */
    BUFFERS_OR_FEWER_ROWS("allow ", " bytes of buffers, or fewer rows in a row group"),
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
    SAME_FOLDER_FOR_KEPT("name the folder for kept inputs that the merge before had"),
    CREDENTIALS("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile"),
    ACCOUNT("name the account, or set R2_ACCOUNT_ID"),
    /** With the region. */
    REGION("use the region ", ""),
    PROBE("probe the store for what it can do"),
    /** With the file that configures catalogs. */
    CATALOG("configure it in ", ", or name its type and uri");

    private final String start;

    /** What follows the detail; null if there is none. */
    private final @Nullable String end;

    Remedy(String text) {
        this.start = text;
        this.end = null;
    }

    Remedy(String start, String end) {
        this.start = start;
        this.end = end;
    }

    /** Returns the remedy for people who use the library. It takes no detail. */
    public String text() {
        if (end != null) {
            throw new IllegalStateException(this + " needs a detail");
        }
        return start;
    }

    /** Returns the remedy for people who use the library, with the detail that it takes. */
    public String text(Object detail) {
        if (end == null) {
            throw new IllegalStateException(this + " takes no detail");
        }
        return start + detail + end;
    }

    /** Returns the remedy that a failure tells as {@code text}; null if that is another one. */
    public static @Nullable Remedy of(@Nullable String text) {
        for (Remedy remedy : values()) {
            if (text != null && remedy.tells(text)) {
                return remedy;
            }
        }
        return null;
    }

    private boolean tells(String text) {
        return end == null
                ? text.equals(start)
                : text.length() >= start.length() + end.length() && text.startsWith(start) && text.endsWith(end);
    }

    /**
     * Returns the detail that a failure tells with this remedy; empty if it takes none.
     *
     * @param text of which {@link #of} returned this
     */
    public String detail(String text) {
        return end == null ? "" : text.substring(start.length(), text.length() - end.length());
    }

    /** Returns the bytes of buffers that the remedy {@code text} asks for; -1 if it asks for none. */
    public static long buffersOf(@Nullable String text) {
        Remedy remedy = of(text);
        return text != null && (remedy == BUFFERS || remedy == BUFFERS_OR_FEWER_ROWS)
                ? Long.parseLong(remedy.detail(text))
                : -1;
    }
}

package io.glulam.cli;

import io.glulam.error.GlulamException;
import io.glulam.error.Remedy;
import org.jspecify.annotations.Nullable;

/** Tells remedies of the library by the names of the command's options. */
final class Remedies {
    private Remedies() {}

    /** The failure in one line: where, what, and what to do about it. */
    static String message(GlulamException failure) {
        String where = failure.place().toString();
        String remedy = of(failure);
        return (where.isEmpty() ? "" : where + ": ") + failure.problem() + (remedy == null ? "" : "; " + remedy);
    }

    /** Returns the remedy of a failure; null if there is none. */
    static @Nullable String of(GlulamException failure) {
        String remedy = failure.remedy();
        return remedy == null ? null : worded(remedy);
    }

    /** Returns a sentence of the library, with the remedy after its semicolon told by the names of the command's options. */
    static String sentence(String message) {
        int remedy = message.indexOf("; ") + 2;
        return remedy < 2 ? message : message.substring(0, remedy) + worded(message.substring(remedy));
    }

    private static String worded(String remedy) {
        Remedy known = Remedy.of(remedy);
        return known == null ? remedy : withOption(known, known.detail(remedy));
    }

    private static String withOption(Remedy remedy, String detail) {
        return switch (remedy) {
            case BUFFERS -> raised(detail);
            case BUFFERS_OR_FEWER_ROWS -> raised(detail) + ", or lower --max-rows";
            case MORE_MEMORY_OR_DISK -> "use --spool disk, or allow more with --memory";
            case MORE_MEMORY -> "allow more with --memory";
            case MORE_SPACE -> "free space, or name another folder with --tmp-dir";
            case OVERWRITE -> "use --force to overwrite it";
            case OTHER_OBJECT -> "write elsewhere with -o";
            case OTHER_COMPACTION -> "use the table's own compaction, or write elsewhere with -o";
            case OTHER_BACKUP_SUFFIX -> "choose another --backup suffix";
            case SAME_BACKUP_SUFFIX -> "name the suffix that was given to compact: --backup SUFFIX";
            case NOT_STRICT -> "leave out --strict to drop it";
            case NOT_STRICT_OR_NEWER -> "leave out --strict to drop it, or use a version that knows the field";
            case REWRITE_ALL -> "--rewrite all writes it anew";
            case OTHER_METADATA_RULE -> "merge with --metadata common or first";
            case OTHER_SCHEMAS ->
                "merge files of schemas that go together, or use --mismatch group for an output of their own";
            case WIDER_TYPES -> "use --widen to take the wider type";
            case PRESERVED_ORDER -> "--order preserve keeps the order";
            case REPLACE_AGAIN -> "run it again with --replace and the same FILEs";
            case SAME_FOLDER_FOR_KEPT -> "run again with the --keep-replaced of that run";
            case CREDENTIALS -> "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a --profile";
            case ACCOUNT -> "use --account ID, or set R2_ACCOUNT_ID";
            case REGION -> "use --region " + detail;
            case PROBE -> "glulam store probe tells what the store can do";
            case CATALOG -> "configure it in " + detail + ", or name its type and uri by --catalog-property";
        };
    }

    private static String raised(String buffers) {
        return "raise --memory to " + ResourceOptions.memoryFor(Long.parseLong(buffers));
    }
}

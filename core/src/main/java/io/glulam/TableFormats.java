package io.glulam;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.storage.LocalStore;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.StoredObject;
import io.glulam.storage.Traffic;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a file belongs to a table whose metadata pins its size and offsets, so that it must not be replaced
 * behind the table's back. It goes by what lies beside and above the file: a table that keeps its data far from its
 * metadata (Iceberg's {@code write.data.path}, DuckLake with a server as its catalog and files that it did not name) is
 * not recognised.
 */
public final class TableFormats {
    /** The table formats that are recognised. */
    public enum Format {
        DELTA("Delta"),
        HUDI("Hudi"),
        ICEBERG("Iceberg"),
        DUCKLAKE("DuckLake");

        private final String title;

        Format(String title) {
            this.title = title;
        }

        /** As it stands in a sentence. */
        String withArticle() {
            return (this == ICEBERG ? "an " : "a ") + title;
        }

        /** The name as its makers write it. */
        public String title() {
            return title;
        }
    }

    /**
     * The table that a file belongs to.
     *
     * @param format its kind
     * @param evidence the file or folder by which it was recognised
     */
    public record Membership(Format format, String evidence) {}

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    static final Pattern DUCKLAKE_FILE = Pattern.compile("ducklake-" + UUID + "(-delete)?\\.parquet");
    static final String DUCKLAKE_CATALOG = ".ducklake";
    static final String DUCKLAKE_FOLDER = ".ducklake.files";

    /** How far above a file a DuckLake catalog may lie: data path, schema, table, and one partition. */
    static final int DUCKLAKE_LEVELS = 4;

    private TableFormats() {}

    /**
     * Refuses a file that a table's manifests pin.
     *
     * @throws Unsupported if {@code file} belongs to a table: its metadata holds the file's size and offsets, which
     *     replacing the file would make wrong
     */
    public static void requireNoTable(Path file) {
        requireNoTable(StoredObject.of(file));
    }

    /**
     * As {@link #requireNoTable(Path)}, in any store.
     *
     * @return what looking asked of the store; nothing for a local file
     * @throws Unsupported also if the store cannot be listed, so that nobody can tell
     */
    public static Traffic requireNoTable(StoredObject object) {
        if (object.store() instanceof LocalStore) {
            refuse(object, find(Path.of(object.key())).orElse(null));
            return Traffic.NONE;
        }
        StoredTables tables = tables(object);
        refuse(object, tables.find());
        return tables.traffic();
    }

    /**
     * As {@link #requireNoTable(StoredObject)}, for a name that may be free: then nothing is refused, and of a store one
     * request is asked.
     */
    static Traffic requireNoTableAround(StoredObject target) {
        if (target.store() instanceof LocalStore) {
            return Files.exists(Path.of(target.key())) ? requireNoTable(target) : Traffic.NONE;
        }
        StoredTables tables = tables(target);
        refuse(target, tables.isThere() ? tables.find() : null);
        return tables.traffic();
    }

    /**
     * As {@link #find(Path)}, in any store.
     *
     * @throws Unsupported if the store cannot be listed, so that nobody can tell
     */
    public static Optional<Membership> find(StoredObject object) {
        return object.store() instanceof LocalStore
                ? find(Path.of(object.key()))
                : Optional.ofNullable(tables(object).find());
    }

    private static StoredTables tables(StoredObject object) {
        if (object.store() instanceof ObjectLister lister) {
            return new StoredTables(object, lister);
        }
        throw new Unsupported(
                Place.of(object.name()),
                "its store cannot be listed, so nobody can tell whether a table's metadata pins it",
                "write elsewhere with -o");
    }

    private static void refuse(StoredObject object, @Nullable Membership found) {
        if (found != null) {
            throw new Unsupported(
                    Place.of(object.name()),
                    "it belongs to " + found.format().withArticle() + " table (" + found.evidence()
                            + "), whose metadata pins it, so it is not replaced",
                    "use the table's own compaction, or write elsewhere with -o");
        }
    }

    /** The table that {@code file} belongs to, as far as can be seen; a symbolic link is looked at from both ends. */
    public static Optional<Membership> find(Path file) {
        Set<Path> names = new LinkedHashSet<>();
        names.add(file.toAbsolutePath().normalize());
        try {
            names.add(file.toRealPath());
        } catch (IOException e) {
            // Whoever opens the file will say what is wrong with it.
        }
        for (Path name : names) {
            Membership found = search(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Membership search(Path file) {
        if (file.getFileName() != null
                && DUCKLAKE_FILE.matcher(file.getFileName().toString()).matches()) {
            return new Membership(Format.DUCKLAKE, file.toString());
        }
        int level = 0;
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            Membership found = at(folder, level++);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Membership at(Path folder, int level) {
        Path delta = folder.resolve("_delta_log");
        if (Files.isDirectory(delta)) {
            return new Membership(Format.DELTA, delta.toString());
        }
        Path hudi = folder.resolve(".hoodie");
        if (Files.isDirectory(hudi)) {
            return new Membership(Format.HUDI, hudi.toString());
        }
        Path iceberg = first(folder.resolve("metadata"), "*.metadata.json{,.gz}");
        if (iceberg != null) {
            return new Membership(Format.ICEBERG, iceberg.toString());
        }
        Path name = folder.getFileName();
        if (name != null && name.toString().endsWith(DUCKLAKE_FOLDER)) {
            return new Membership(Format.DUCKLAKE, folder.toString());
        }
        Path catalog = level < DUCKLAKE_LEVELS ? first(folder, "*" + DUCKLAKE_CATALOG) : null;
        return catalog == null ? null : new Membership(Format.DUCKLAKE, catalog.toString());
    }

    /** An entry of {@code folder} that is a file and matches; null if there is none, or the folder cannot be listed. */
    private static @Nullable Path first(Path folder, String glob) {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) {
                    return entry;
                }
            }
            return null;
        } catch (IOException | DirectoryIteratorException e) {
            return null;
        }
    }
}

package io.glulam;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectLister.Search;
import io.glulam.storage.RequestKind;
import io.glulam.storage.StoredObject;
import io.glulam.storage.Traffic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an object belongs to a table whose metadata pins its size and offsets, so that it must not be replaced
 * without the table's knowledge. It searches beside and above the object, in a store with a few listings for each slash in
 * the key. It does not recognize a table that keeps its data far from its metadata (Iceberg's {@code write.data.path},
 * DuckLake with a server as its catalog and files that it did not name).
 */
public final class TableFormats {
    /** The table formats that are recognized. */
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
     * The table that an object belongs to.
     *
     * @param format its kind
     * @param evidence the object or folder by which it was recognized
     */
    public record Membership(Format format, String evidence) {}

    private static final Pattern DUCKLAKE_FILE =
            Pattern.compile("ducklake-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-delete)?\\.parquet");
    private static final String DUCKLAKE_CATALOG = ".ducklake";
    private static final String DUCKLAKE_FOLDER = ".ducklake.files/";

    /** How far above an object a DuckLake catalog may lie: data path, schema, table, and one partition. */
    private static final int DUCKLAKE_LEVELS = 4;

    /** Searches in each folder, apart from the one for a catalog. */
    private static final int FOLDER_SEARCHES = 3;

    /** Objects of a metadata folder that are looked at in a store. */
    private static final int MAX_METADATA = 10_000;

    /** Objects beside the data that are looked at for a catalog in a store. */
    private static final int MAX_BESIDE = 1000;

    private final StoredObject object;
    private final ObjectLister lister;
    private Traffic traffic = Traffic.NONE;

    private TableFormats(StoredObject object) {
        if (!(object.store() instanceof ObjectLister objects)) {
            throw new Unsupported(
                    Place.of(object.name()),
                    "its store cannot be listed, so nobody can tell whether a table's metadata pins it",
                    Remedy.OTHER_OBJECT.text());
        }
        this.object = object;
        this.lister = objects;
    }

    /** As {@link #requireNoTable(StoredObject)}, for a local file. */
    public static void requireNoTable(Path file) {
        requireNoTable(LocalStore.object(file));
    }

    /**
     * Refuses an object that a table's metadata pins.
     *
     * @return the requests that the search took; none for a local file
     * @throws Unsupported if the object belongs to a table, or its store cannot be listed
     */
    public static Traffic requireNoTable(StoredObject object) {
        TableFormats tables = new TableFormats(object);
        tables.refuseMember();
        return tables.traffic;
    }

    /** As {@link #requireNoTable(StoredObject)}, for a name that may be free: then it refuses nothing, after one search. */
    static Traffic requireNoTableAround(StoredObject target) {
        TableFormats tables = new TableFormats(target);
        Search there = tables.lister.find(target.key());
        tables.traffic = there.traffic();
        if (there.key() != null) {
            tables.refuseMember();
        }
        return tables.traffic;
    }

    /** As {@link #find(StoredObject)}, for a local file. */
    public static Optional<Membership> find(Path file) {
        return find(LocalStore.object(file));
    }

    /**
     * Returns the table that an object belongs to, as far as can be seen; searches around both ends of a symbolic link.
     *
     * @throws Unsupported if the store cannot be listed
     */
    public static Optional<Membership> find(StoredObject object) {
        return Optional.ofNullable(new TableFormats(object).find());
    }

    /**
     * The result of a search.
     *
     * @param membership the table; null if none was seen
     * @param traffic the requests that the search took
     */
    record Found(@Nullable Membership membership, Traffic traffic) {}

    /** As {@link #find(StoredObject)}, with the requests. */
    static Found search(StoredObject object) {
        TableFormats tables = new TableFormats(object);
        return new Found(tables.find(), tables.traffic);
    }

    /**
     * Returns the folder of the table whose metadata an object is, with its slash; null if the key is none of a table's
     * metadata. So a listing that passes over all objects of a folder needs no search below it.
     */
    public static @Nullable String folderOf(String key) {
        int name = key.lastIndexOf('/') + 1;
        for (String metadata : List.of("_delta_log/", ".hoodie/", DUCKLAKE_FOLDER)) {
            int at = metadata.equals(DUCKLAKE_FOLDER) ? key.indexOf(metadata) : folderIn(key, metadata);
            if (at >= 0) {
                return key.substring(0, metadata.equals(DUCKLAKE_FOLDER) ? at + metadata.length() : at);
            }
        }
        if (key.endsWith(DUCKLAKE_CATALOG)) {
            return key.substring(0, name);
        }
        boolean iceberg = key.endsWith(".metadata.json") || key.endsWith(".metadata.json.gz");
        String folder = key.substring(0, name);
        return iceberg && (folder.equals("metadata/") || folder.endsWith("/metadata/"))
                ? folder.substring(0, folder.length() - "metadata/".length())
                : null;
    }

    /** Where a folder of a key begins; -1 if it is none of its folders. */
    private static int folderIn(String key, String folder) {
        int at = key.indexOf("/" + folder);
        return key.startsWith(folder) ? 0 : at < 0 ? -1 : at + 1;
    }

    /** Returns the requests that {@link #requireNoTable(StoredObject)} takes in a store if there is no table. */
    static Traffic expected(String key) {
        if (isDuckLakeFile(key)) {
            return Traffic.NONE;
        }
        long folders = Math.max(1, key.chars().filter(c -> c == '/').count() + (key.startsWith("/") ? 0 : 1));
        long lists = folders * FOLDER_SEARCHES + Math.min(folders, DUCKLAKE_LEVELS);
        return new Traffic(0, 0, 0, Map.of(RequestKind.LIST, lists));
    }

    private void refuseMember() {
        Membership found = find();
        if (found != null) {
            throw new Unsupported(
                    Place.of(object.name()),
                    "it belongs to " + found.format().withArticle() + " table (" + found.evidence()
                            + "), whose metadata pins it, so it is not replaced",
                    Remedy.OTHER_COMPACTION.text());
        }
    }

    private @Nullable Membership find() {
        for (String key : lister.locations(object.key())) {
            Membership found = find(key);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Membership find(String key) {
        if (isDuckLakeFile(key)) {
            return new Membership(Format.DUCKLAKE, object.store().nameOf(key));
        }
        int level = 0;
        for (int slash = key.lastIndexOf('/'); ; slash = key.lastIndexOf('/', slash - 1)) {
            Membership found = findIn(slash < 0 ? "" : key.substring(0, slash + 1), level++);
            if (found != null || slash <= 0) {
                return found;
            }
        }
    }

    private static boolean isDuckLakeFile(String key) {
        return DUCKLAKE_FILE.matcher(key.substring(key.lastIndexOf('/') + 1)).matches();
    }

    /** @param folder with its slash; empty for the store's root */
    private @Nullable Membership findIn(String folder, int level) {
        if (folder.endsWith(DUCKLAKE_FOLDER)) {
            return member(Format.DUCKLAKE, folder);
        }
        Membership found = search(Format.DELTA, folder + "_delta_log/", 1, key -> true);
        if (found == null) {
            found = search(Format.HUDI, folder + ".hoodie/", 1, key -> true);
        }
        if (found == null) {
            found = search(
                    Format.ICEBERG,
                    folder + "metadata/",
                    MAX_METADATA,
                    key -> key.endsWith(".metadata.json") || key.endsWith(".metadata.json.gz"));
        }
        if (found == null && level < DUCKLAKE_LEVELS) {
            found = search(
                    Format.DUCKLAKE,
                    folder,
                    MAX_BESIDE,
                    key -> key.endsWith(DUCKLAKE_CATALOG) && key.indexOf('/', folder.length()) < 0);
        }
        return found;
    }

    private @Nullable Membership search(Format format, String folder, int limit, Predicate<String> wanted) {
        Search search = lister.search(folder, limit, wanted);
        traffic = traffic.plus(search.traffic());
        return search.key() == null ? null : member(format, search.key());
    }

    private Membership member(Format format, String key) {
        return new Membership(
                format, object.store().nameOf(key.endsWith("/") ? key.substring(0, key.length() - 1) : key));
    }
}

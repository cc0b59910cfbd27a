package io.glulam;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectLister.Search;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.RequestKind;
import io.glulam.storage.Traffic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an object belongs to a table whose metadata pins its size and offsets, so that it must not be replaced
 * without the table's knowledge. It searches beside and above the object, in a store with a few listings for each slash in
 * the key, several at once. It does not recognize a table that keeps its data far from its metadata (Iceberg's {@code write.data.path},
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

        /** Returns the name as its makers write it. */
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

    /** Requests to a store that are under way at once. */
    private static final int SEARCHES_AT_ONCE = 8;

    private final ObjectRef object;
    private final ObjectLister lister;
    private Traffic traffic = Traffic.NONE;

    private TableFormats(ObjectRef object) {
        if (!(object.store() instanceof ObjectLister objects)) {
            throw new Unsupported(
                    Place.of(object.name()),
                    "its store cannot be listed, so Glulam cannot check whether a table's metadata pins it",
                    Remedy.OTHER_OBJECT.text());
        }
        this.object = object;
        this.lister = objects;
    }

    /** As {@link #requireNoTable(ObjectRef)}, for a local file. */
    public static void requireNoTable(Path file) {
        requireNoTable(LocalStore.object(file));
    }

    /**
     * Refuses an object that a table's metadata pins.
     *
     * @return the requests that the search took; none for a local file
     * @throws Unsupported if the object belongs to a table, or its store cannot be listed
     */
    public static Traffic requireNoTable(ObjectRef object) {
        TableFormats tables = new TableFormats(object);
        tables.refuseMember();
        return tables.traffic;
    }

    /**
     * As {@link #requireNoTable(ObjectRef)}, for a name that may be free: then it refuses nothing, after one search.
     */
    static Traffic requireNoTableAround(ObjectRef target) {
        TableFormats tables = new TableFormats(target);
        Search there = tables.lister.find(target.key());
        tables.traffic = there.traffic();
        if (there.key() != null) {
            tables.refuseMember();
        }
        return tables.traffic;
    }

    /** As {@link #find(ObjectRef)}, for a local file. */
    public static Optional<Membership> find(Path file) {
        return find(LocalStore.object(file));
    }

    /**
     * Returns the table that an object belongs to, as far as can be seen; searches around both ends of a symbolic link.
     *
     * @throws Unsupported if the store cannot be listed
     */
    public static Optional<Membership> find(ObjectRef object) {
        return Optional.ofNullable(new TableFormats(object).find());
    }

    /**
     * The result of a search.
     *
     * @param membership the table; null if none was seen
     * @param traffic the requests that the search took
     */
    record Found(@Nullable Membership membership, Traffic traffic) {}

    /** As {@link #find(ObjectRef)}, with the requests. */
    static Found search(ObjectRef object) {
        TableFormats tables = new TableFormats(object);
        return new Found(tables.find(), tables.traffic);
    }

    /** As {@link #search}, of an object in a store, but only above its folder: a listing has seen what lies below. */
    static Found searchAbove(ObjectRef object) {
        TableFormats tables = new TableFormats(object);
        return new Found(tables.find(object.key(), 1), tables.traffic);
    }

    /** Returns whether the name is one that DuckLake gives its files. */
    static boolean isNamedByDuckLake(String key) {
        return DUCKLAKE_FILE.matcher(key.substring(key.lastIndexOf('/') + 1)).matches();
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

    /** Returns where a folder of a key begins; -1 if it is none of its folders. */
    private static int folderIn(String key, String folder) {
        int at = key.indexOf("/" + folder);
        return key.startsWith(folder) ? 0 : at < 0 ? -1 : at + 1;
    }

    /** Returns the requests that {@link #requireNoTable(ObjectRef)} takes in a store if there is no table. */
    static Traffic expected(String key) {
        if (isNamedByDuckLake(key)) {
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
            Membership found = find(key, 0);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** @param firstLevel how many folders above the object's own the search begins */
    private @Nullable Membership find(String key, int firstLevel) {
        if (isNamedByDuckLake(key)) {
            return new Membership(Format.DUCKLAKE, object.store().nameOf(key));
        }
        List<TableSearch> searches = new ArrayList<>();
        int slash = key.lastIndexOf('/');
        for (int level = 0; ; level++) {
            if (level >= firstLevel) {
                addSearches(slash < 0 ? "" : key.substring(0, slash + 1), level, searches);
            }
            if (slash <= 0) {
                break;
            }
            slash = key.lastIndexOf('/', slash - 1);
        }
        boolean atOnce = searches.size() > 1 && object.store().capabilities().remote();
        return atOnce ? firstOfAll(searches) : first(searches);
    }

    /**
     * A search for a table's metadata.
     *
     * @param limit objects that are looked at; 0 if the folder's name alone tells
     */
    private record TableSearch(Format format, String folder, int limit, Predicate<String> wanted) {
        Search run(ObjectLister lister) {
            return limit == 0 ? new Search(folder, Traffic.NONE) : lister.search(folder, limit, wanted);
        }
    }

    /** @param folder with its slash; empty for the store's root */
    private static void addSearches(String folder, int level, List<TableSearch> searches) {
        if (folder.endsWith(DUCKLAKE_FOLDER)) {
            searches.add(new TableSearch(Format.DUCKLAKE, folder, 0, key -> true));
            return;
        }
        searches.add(new TableSearch(Format.DELTA, folder + "_delta_log/", 1, key -> true));
        searches.add(new TableSearch(Format.HUDI, folder + ".hoodie/", 1, key -> true));
        searches.add(new TableSearch(
                Format.ICEBERG,
                folder + "metadata/",
                MAX_METADATA,
                key -> key.endsWith(".metadata.json") || key.endsWith(".metadata.json.gz")));
        if (level < DUCKLAKE_LEVELS) {
            searches.add(new TableSearch(
                    Format.DUCKLAKE,
                    folder,
                    MAX_BESIDE,
                    key -> key.endsWith(DUCKLAKE_CATALOG) && key.indexOf('/', folder.length()) < 0));
        }
    }

    private @Nullable Membership first(List<TableSearch> searches) {
        for (TableSearch search : searches) {
            Membership found = membership(search, search.run(lister));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Runs the searches at once, so that their requests do not wait for each other. */
    private @Nullable Membership firstOfAll(List<TableSearch> searches) {
        ExecutorService threads = DaemonThreads.pool(Math.min(SEARCHES_AT_ONCE, searches.size()), "glulam-tables");
        try {
            List<Future<Search>> results = new ArrayList<>();
            searches.forEach(search -> results.add(threads.submit(() -> search.run(lister))));
            Membership first = null;
            for (int i = 0; i < results.size(); i++) {
                Membership found =
                        membership(searches.get(i), DaemonThreads.result(results.get(i), Place.of(object.name())));
                first = first == null ? found : first;
            }
            return first;
        } finally {
            threads.shutdownNow();
        }
    }

    private @Nullable Membership membership(TableSearch search, Search result) {
        traffic = traffic.plus(result.traffic());
        return result.key() == null ? null : member(search.format(), result.key());
    }

    private Membership member(Format format, String key) {
        return new Membership(
                format, object.store().nameOf(key.endsWith("/") ? key.substring(0, key.length() - 1) : key));
    }
}

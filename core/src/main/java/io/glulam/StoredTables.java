package io.glulam;

import io.glulam.TableFormats.Format;
import io.glulam.TableFormats.Membership;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.RequestKind;
import io.glulam.storage.StoredObject;
import io.glulam.storage.Traffic;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a table around an object of a store, as {@link TableFormats} does around a file: by listing what its prefixes
 * would hold, a few requests for each slash in the key. Not thread-safe.
 */
final class StoredTables {
    /** Files of a metadata folder that are looked at before it counts as not holding what is sought. */
    private static final int MOST_METADATA = 10_000;

    /** Listings of each folder, but for the one for a catalog. */
    private static final int FOLDER_LISTS = 3;

    /** Objects beside the data that are looked at for a catalog. */
    private static final int MOST_BESIDE = 1000;

    private final StoredObject object;
    private final ObjectLister lister;
    private Traffic traffic = Traffic.NONE;

    StoredTables(StoredObject object, ObjectLister lister) {
        this.object = object;
        this.lister = lister;
    }

    /** What {@link #find} will ask of a store at least, where there is no table. */
    static Traffic expected(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (TableFormats.DUCKLAKE_FILE.matcher(name).matches()) {
            return Traffic.NONE;
        }
        long folders = Math.max(1, key.chars().filter(c -> c == '/').count() + (key.startsWith("/") ? 0 : 1));
        long lists = folders * FOLDER_LISTS + Math.min(folders, TableFormats.DUCKLAKE_LEVELS);
        return new Traffic(0, 0, 0, Map.of(RequestKind.LIST, lists));
    }

    /** What was asked of the store so far. */
    Traffic traffic() {
        return traffic;
    }

    /** Whether the object is there at all, by one listing. */
    boolean isThere() {
        boolean[] found = new boolean[1];
        int[] seen = new int[1];
        traffic = traffic.plus(lister.list(object.key(), (ObjectFacts facts) -> {
            found[0] = facts.key().equals(object.key());
            return !found[0] && ++seen[0] < MOST_BESIDE;
        }));
        return found[0];
    }

    @Nullable
    Membership find() {
        String key = object.key();
        if (TableFormats.DUCKLAKE_FILE
                .matcher(key.substring(key.lastIndexOf('/') + 1))
                .matches()) {
            return new Membership(Format.DUCKLAKE, object.name());
        }
        int level = 0;
        for (int slash = key.lastIndexOf('/'); ; slash = key.lastIndexOf('/', slash - 1)) {
            Membership found = under(slash < 0 ? "" : key.substring(0, slash + 1), level++);
            if (found != null || slash <= 0) {
                return found;
            }
        }
    }

    /** @param folder with its slash; empty for the store's root */
    private @Nullable Membership under(String folder, int level) {
        if (folder.endsWith(TableFormats.DUCKLAKE_FOLDER + "/")) {
            return new Membership(Format.DUCKLAKE, folder);
        }
        Membership found = first(Format.DELTA, folder + "_delta_log/", 1, key -> true);
        if (found == null) {
            found = first(Format.HUDI, folder + ".hoodie/", 1, key -> true);
        }
        if (found == null) {
            found = first(
                    Format.ICEBERG,
                    folder + "metadata/",
                    MOST_METADATA,
                    key -> key.endsWith(".metadata.json") || key.endsWith(".metadata.json.gz"));
        }
        if (found == null && level < TableFormats.DUCKLAKE_LEVELS) {
            found = first(
                    Format.DUCKLAKE,
                    folder,
                    MOST_BESIDE,
                    key -> key.endsWith(TableFormats.DUCKLAKE_CATALOG) && key.indexOf('/', folder.length()) < 0);
        }
        return found;
    }

    private @Nullable Membership first(Format format, String prefix, int most, Predicate<String> wanted) {
        String[] evidence = new String[1];
        int[] seen = new int[1];
        traffic = traffic.plus(lister.list(prefix, (ObjectFacts facts) -> {
            if (wanted.test(facts.key())) {
                evidence[0] = facts.key();
            }
            return evidence[0] == null && ++seen[0] < most;
        }));
        return evidence[0] == null
                ? null
                : new Membership(format, object.store().nameOf(evidence[0]));
    }
}

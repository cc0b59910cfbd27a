package io.glulam;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.manifest.RecordedOutput;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.Traffic;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A folder of outputs: the names in it and what lies under them. Not thread-safe. */
final class OutputFolder {
    private static final String FILES = ".parquet";

    private final ObjectRef folder;
    private final ObjectLister lister;
    private final CompactionOptions options;
    private final String root;
    private Traffic traffic = Traffic.NONE;

    /** @throws Unsupported if the store of the folder lists nothing */
    OutputFolder(ObjectRef folder, CompactionOptions options) {
        if (!(folder.store() instanceof ObjectLister known)) {
            throw new Unsupported(Place.of(folder.name()), "its store lists nothing", "name one file as OUT");
        }
        this.folder = folder;
        this.lister = known;
        this.options = options;
        String name = folder.fullName();
        this.root = name.endsWith("/") ? name : name + "/";
    }

    /** Returns the folder's name for people. */
    String name() {
        return folder.name();
    }

    /** Returns the object under a name in the folder. */
    ObjectRef file(String name) {
        return folder.sibling(folder.key() + name);
    }

    /** Returns the manifests' name of the folder, with a slash at its end. */
    String root() {
        return root;
    }

    /** Returns the name in the folder of what a manifest calls {@code name}; null if that lies elsewhere. */
    @Nullable
    String below(String name) {
        return name.startsWith(root) ? name.substring(root.length()) : null;
    }

    /** Returns the names of all Parquet files in the folder but hidden ones. */
    Set<String> list() {
        Set<String> found = new HashSet<>();
        traffic = traffic.plus(lister.list(folder.key(), facts -> {
            String name = facts.key().substring(folder.key().length());
            if (name.endsWith(FILES) && !isHidden(name)) {
                found.add(name);
            }
            return true;
        }));
        return found;
    }

    private static boolean isHidden(String name) {
        for (String part : name.split("/", -1)) {
            if (part.startsWith(".") || part.startsWith("_") && part.indexOf('=') < 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the facts of a file; null if there is none. */
    @Nullable
    ObjectFacts facts(String name) {
        return facts(file(name));
    }

    /** Returns the facts of an object of any folder; null if there is none, or its store lists nothing. */
    @Nullable
    ObjectFacts facts(ObjectRef object) {
        if (!(object.store() instanceof ObjectLister known)) {
            return null;
        }
        ObjectLister.Seen seen = known.see(object.key());
        add(seen.traffic());
        return seen.facts();
    }

    /** Returns whether an output lies in the folder as it was written. */
    boolean holds(RecordedOutput output) {
        ObjectFacts facts = facts(output.name());
        return facts != null && output.is(facts.size(), facts.version()) && hasDigest(output);
    }

    /** Returns whether the file under an output's name has the output's footer. */
    boolean hasDigest(RecordedOutput output) {
        try (OpenedFooter opened = OpenedFooter.of(file(output.name()), options)) {
            boolean same = opened.size() == output.size()
                    && FooterDigest.of(opened.footer()).equals(output.digest());
            add(opened.traffic());
            return same;
        } catch (CorruptFile other) {
            return false;
        }
    }

    /** @throws Unsupported if the folder belongs to a table */
    void requireNoTable() {
        try {
            traffic = traffic.plus(TableFormats.requireNoTable(file("any" + FILES)));
        } catch (Unsupported table) {
            throw table.within(Place.of(folder.name()));
        }
    }

    /** Hears how far a run in the folder is. */
    ProgressListener progress() {
        return options.progress();
    }

    /** Adds requests that others made for the folder's sake. */
    void add(Traffic more) {
        traffic = traffic.plus(more);
    }

    /** Returns the requests so far. */
    Traffic traffic() {
        return traffic;
    }
}

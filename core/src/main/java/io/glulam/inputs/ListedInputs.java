package io.glulam.inputs;

import io.glulam.inputs.PassedOver.Reason;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the inputs of a merge in a store by listing it, in the order of {@link FolderInputs}. For one search; not
 * thread-safe.
 */
final class ListedInputs {
    private static final int MAX_OBJECTS = 100_000;

    private final FoundInputs.Builder found;
    private final InputFilter filter;
    private final UnaryOperator<@Nullable String> tables;
    private final ObjectStore store;
    private final ObjectLister lister;
    private final List<Listed> listed = new ArrayList<>();

    /** @param below the path below the folder that the listing began in */
    private record Listed(String below, long size, String version) {}

    ListedInputs(
            FoundInputs.Builder found,
            InputFilter filter,
            UnaryOperator<@Nullable String> tables,
            ObjectStore store,
            ObjectLister lister) {
        this.found = found;
        this.filter = filter;
        this.tables = tables;
        this.store = store;
        this.lister = lister;
    }

    /**
     * Adds the Parquet files that a prefix or a pattern stands for.
     *
     * @return how many
     * @throws IllegalArgumentException with a sentence for people, if they are more than {@value #MAX_OBJECTS}
     */
    int find(String key) {
        int wild = KeyPattern.firstWild(key);
        String root = key.substring(0, key.lastIndexOf('/', wild == key.length() ? wild : wild - 1) + 1);
        Pattern pattern = wild == key.length() ? null : KeyPattern.of(key.substring(root.length()));
        Traffic traffic = lister.list(key.substring(0, wild), object -> {
            look(object, root, pattern);
            return listed.size() <= MAX_OBJECTS;
        });
        if (listed.size() > MAX_OBJECTS) {
            throw new IllegalArgumentException(store.nameOf(key) + " stands for more than " + MAX_OBJECTS
                    + " objects: merge a part of them at a time");
        }
        found.listed(new ObjectRef(store, root), root.length() == wild, traffic);
        listed.sort(Comparator.comparing(Listed::below, PathOrder.INSTANCE));
        String partitions = Candidate.partitions(root);
        for (Listed object : listed) {
            int slash = object.below().lastIndexOf('/');
            String folder = slash < 0 ? "" : object.below().substring(0, slash);
            String group = partitions.isEmpty() || folder.isEmpty() ? partitions + folder : partitions + "/" + folder;
            found.add(
                    new Candidate(new ObjectRef(store, root + object.below()), group, object.size(), object.version()));
        }
        return listed.size();
    }

    private void look(ObjectFacts object, String root, @Nullable Pattern pattern) {
        String table = tables.apply(object.key());
        if (table != null) {
            found.table(new ObjectRef(store, table));
        }
        String below = object.key().substring(root.length());
        boolean folder = below.isEmpty() || below.endsWith("/");
        if (folder || pattern != null && !pattern.matcher(below).matches()) {
            return;
        }
        Reason reason = passedOver(object, below);
        if (reason == null) {
            listed.add(new Listed(below, object.size(), object.version()));
        } else {
            found.pass(store.nameOf(object.key()), reason);
        }
    }

    private @Nullable Reason passedOver(ObjectFacts object, String below) {
        if (isHidden(below)) {
            return Reason.HIDDEN;
        }
        if (!FolderInputs.isParquet(below)) {
            return Reason.FOREIGN;
        }
        return object.size() == 0 ? Reason.EMPTY : filter.reason(object.size(), object.modified());
    }

    private static boolean isHidden(String below) {
        String[] names = below.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            if (FolderInputs.isHidden(names[i]) && (i == names.length - 1 || !Candidate.isPartition(names[i]))) {
                return true;
            }
        }
        return false;
    }
}

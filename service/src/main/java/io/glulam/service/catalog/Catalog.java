package io.glulam.service.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Datasets: which object each has, and whether it needs a compaction. Thread-safe. All methods throw
 * {@link CatalogFailed} if the catalog cannot be reached or refuses.
 */
public interface Catalog extends AutoCloseable {
    /** Returns the kind and the place of the catalog, for people; no secrets. */
    String describe();

    /** Tries whether it can be used as it is set up. */
    void check();

    /** The dataset of that id; empty if there is none, or it is hidden from us. */
    Optional<Dataset> find(String id);

    /**
     * Datasets in the order of their ids.
     *
     * @param after only those after this id; empty for all
     * @param flagged only those that need a compaction
     * @param limit how many at most
     */
    List<Dataset> list(String after, boolean flagged, int limit);

    /**
     * The datasets whose objects have these keys, in any order; none if the catalog holds no keys.
     *
     * @param keys as many as there may be: the catalog is asked for some at a time
     */
    List<Dataset> withKeys(Collection<String> keys);

    /** Writes what a compaction has found, in one step. */
    UpdateResult update(String id, DatasetUpdate update);

    /**
     * Changes a dataset's key, if it still is {@code from}.
     *
     * @return whether the key is {@code to} now
     */
    boolean changeKey(String id, String from, String to);

    /**
     * Adds a dataset.
     *
     * @return false if the id exists; nothing is changed then
     */
    boolean add(String id, String key, boolean flagged);

    /**
     * Says that a dataset needs a compaction.
     *
     * @return false if there is none of that id
     */
    boolean flag(String id);

    @Override
    void close();
}

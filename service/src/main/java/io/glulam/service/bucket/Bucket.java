package io.glulam.service.bucket;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Inspection;
import io.glulam.TableFormats;
import io.glulam.plan.Plan;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.StoreAbility;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A bucket, or a folder that stands for one. Thread-safe. Every method that takes a key throws {@link InvalidKey} for
 * one that leads out of the bucket, and {@link io.glulam.error.GlulamException} if the object or the store refuses.
 */
public interface Bucket {
    /** What kind of bucket it is and where, for people; no secrets. */
    String describe();

    /** A message about an object, with its key instead of where it lies on this machine. */
    String forPeople(String message);

    /** Tries whether it can be read. */
    void check();

    /**
     * Writes, reads and deletes a temporary object.
     *
     * @return abilities that the store lacks, though it is taken to have them
     */
    Set<StoreAbility> probe();

    /**
     * Looks at a key only.
     *
     * @throws InvalidKey if it cannot be an object of this bucket
     */
    void requireSafe(String key);

    /** Size and version of an object, by a request for metadata only. */
    ObjectFacts head(String key);

    /** As {@link #head}; empty if there is no such object. Any other failure is one: nothing is taken for missing. */
    Optional<ObjectFacts> find(String key);

    /**
     * Inspects an object's footer.
     *
     * @param options of which the settings, the memory and the temporary folder are used
     */
    Inspection inspect(String key, CompactionOptions options);

    /** The table that an object belongs to, as far as can be seen from what lies around it. */
    Optional<TableFormats.Membership> table(String key);

    /** What a compaction would do. */
    Plan plan(String key, CompactionOptions options);

    /**
     * Compacts an object in its place; with nothing to do, it is not touched.
     *
     * @param hook is told just before the result becomes visible
     */
    CompactionReport replace(String key, CompactionOptions options, PublishHook hook);

    /** Carries out a plan under a new key; an object that is there already is not overwritten. */
    CompactionReport write(Plan plan, String key, String newKey, CompactionOptions options, PublishHook hook);

    /** The file that an object is, where it is one on this machine; it may change at any time. */
    default Optional<Path> file(String key) {
        return Optional.empty();
    }

    /**
     * Copies an object into a file of this machine.
     *
     * @throws IOException if the file cannot be written
     */
    void download(String key, Path file) throws IOException;

    /** Deletes an object; one that is not there counts as deleted. */
    void delete(String key);

    /**
     * Hands over the objects whose keys begin with {@code prefix}, in the order of their UTF-8 bytes, until {@code next}
     * says false.
     *
     * @param after only keys behind this one; empty for all
     */
    void list(String prefix, String after, Predicate<ObjectFacts> next);

    /** Removes an upload of ours whose run died; one that is gone, or was completed, counts as removed. */
    void removeUpload(Upload upload);

    /**
     * An upload that {@link PublishHook} has heard of.
     *
     * @param key of the object that it was to become
     * @param id by which the store knows it; empty if it was never told
     * @param since when the store was asked for it
     */
    record Upload(String key, String id, Instant since) {}
}

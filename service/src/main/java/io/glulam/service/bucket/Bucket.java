package io.glulam.service.bucket;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Inspection;
import io.glulam.MergeOptions;
import io.glulam.MergeReport;
import io.glulam.TableFormats;
import io.glulam.inputs.InputFilter;
import io.glulam.inputs.PassedOver;
import io.glulam.picture.ChunkMatrix;
import io.glulam.picture.ChunkPages;
import io.glulam.plan.Plan;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.StoreAbility;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A bucket, or a folder that stands for one. Thread-safe. Every method that takes a key throws {@link InvalidKey} for
 * one that leads out of the bucket, and {@link io.glulam.error.GlulamException} if the object or the store refuses.
 */
public interface Bucket {
    /** Returns the kind and the place of the bucket, for people; no secrets. */
    String describe();

    /** Returns a message about an object with its key in place of its path on this machine. */
    String forPeople(String message);

    /** Checks that the bucket can be read. */
    void check();

    /**
     * Writes, reads and deletes a temporary object.
     *
     * @return abilities that the store lacks, though it is taken to have them
     */
    Set<StoreAbility> probe();

    /**
     * Checks a key alone, without a request.
     *
     * @throws InvalidKey if it cannot be an object of this bucket
     */
    void requireSafe(String key);

    /** Returns the size and version of an object, by a request for metadata only. */
    ObjectFacts head(String key);

    /** As {@link #head}; empty if there is no such object. Other failures are thrown. */
    Optional<ObjectFacts> find(String key);

    /**
     * Inspects an object's footer.
     *
     * @param options of which the settings, the memory and the temporary folder are used
     */
    Inspection inspect(String key, CompactionOptions options);

    /**
     * Inspects an object's footer with its first column chunks.
     *
     * @param options as of {@link #inspect}
     */
    Chunks chunks(String key, CompactionOptions options, int maxRowGroups, int maxColumns);

    /**
     * Lists the first pages of a column chunk; empty if there is no such chunk.
     *
     * @param options as of {@link #inspect}
     */
    Optional<ChunkPages> pages(String key, CompactionOptions options, int rowGroup, int column, int maxPages);

    /**
     * Facts of a footer, and the column chunks of its first row groups and columns.
     *
     * @param chunks at most so many as were asked for
     */
    record Chunks(Inspection inspection, ChunkMatrix chunks) {}

    /** Returns the table that an object belongs to, as far as the objects beside it and above it show. */
    Optional<TableFormats.Membership> table(String key);

    /** Returns the plan of a compaction. */
    Plan plan(String key, CompactionOptions options);

    /**
     * Compacts an object in place; with nothing to do, it stays untouched.
     *
     * @param hook called just before the result becomes visible
     */
    CompactionReport replace(String key, CompactionOptions options, PublishHook hook);

    /** Carries out a plan under a new key; an object of that key is not overwritten. */
    CompactionReport write(Plan plan, String key, String newKey, CompactionOptions options, PublishHook hook);

    /** Returns an object's file, if the bucket is a folder; the file may change at any time. */
    default Optional<Path> file(String key) {
        return Optional.empty();
    }

    /**
     * Copies an object into a file of this machine.
     *
     * @throws IOException if the file cannot be written
     */
    void download(String key, Path file) throws IOException;

    /** Deletes an object; a missing one counts as deleted. */
    void delete(String key);

    /**
     * Calls {@code next} with the objects whose keys begin with {@code prefix}, in the order of their UTF-8 bytes, until it
     * returns false.
     *
     * @param after only keys after this one; empty for all
     */
    void list(String prefix, String after, Predicate<ObjectFacts> next);

    /**
     * Finds the Parquet objects below a folder that a merge takes, in natural order of their names.
     *
     * @param folder ends with a slash
     * @param filter of size and time
     * @throws io.glulam.error.GlulamException also if there are more than 100,000
     */
    FoundObjects parquet(String folder, InputFilter filter);

    /**
     * The objects below a folder that a merge takes.
     *
     * @param inputs in natural order of their names
     * @param passedOver objects that it does not take, by their keys; at most 1,000 of them
     * @param counts how many it does not take, for each reason
     */
    record FoundObjects(List<MergeInput> inputs, List<PassedOver> passedOver, Map<PassedOver.Reason, Integer> counts) {}

    /** Pins an object to its present version; empty if there is no such object. */
    Optional<MergeInput> pin(String key);

    /**
     * Merges objects into new ones; they stay as they are.
     *
     * @param target key of the one new object, which is not overwritten; or a folder, which ends with a slash: then what
     *     earlier merges into it have taken is passed over
     * @param hook called just before each new object becomes visible
     */
    MergeReport merge(List<MergeInput> inputs, String target, MergeOptions options, PublishHook hook);

    /** Returns the bucket's key of a name in a merge's report. */
    String keyOf(String name);

    /** Removes an upload of a run that died; one that is missing or was completed counts as removed. */
    void removeUpload(Upload upload);

    /**
     * An upload that {@link PublishHook} was called for.
     *
     * @param key of the object that it was to become
     * @param id of the store; empty if the store never answered with it
     * @param since when the store was asked for it
     */
    record Upload(String key, String id, Instant since) {}
}

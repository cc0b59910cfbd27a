package io.glulam.service.bucket;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.FolderMerger;
import io.glulam.Inspection;
import io.glulam.Job;
import io.glulam.MergeOptions;
import io.glulam.MergeReport;
import io.glulam.Merger;
import io.glulam.OpenedFooter;
import io.glulam.TableFormats;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.inputs.InputFilter;
import io.glulam.inputs.InputFinder;
import io.glulam.inputs.PassedOver;
import io.glulam.picture.ChunkMatrix;
import io.glulam.picture.ChunkPages;
import io.glulam.plan.Plan;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.RangeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The common part of all buckets, whatever store they use. */
abstract class StoreBucket implements Bucket {
    private final ObjectStore store;
    private final ObjectLister lister;

    <S extends ObjectStore & ObjectLister> StoreBucket(S store) {
        this.store = store;
        this.lister = store;
    }

    /** The prefix of the store's keys, before the bucket's keys. */
    abstract String root();

    /** The store's key of a bucket's key, which is checked first. */
    abstract String toStore(String key);

    /** The bucket's key of a store's key. */
    abstract String fromStore(String storeKey);

    /** Returns the store for one run, which reports its uploads to {@code hook} if it has uploads. */
    ObjectStore watched(PublishHook hook) {
        return store;
    }

    private ObjectRef object(ObjectStore inStore, String key) {
        return new ObjectRef(inStore, toStore(key));
    }

    private CompactionOptions hooked(CompactionOptions options, PublishHook hook) {
        return options.withPublishing(publication -> {
            ObjectRef backup = publication.backup();
            hook.beforePublish(publication, backup == null ? null : fromStore(backup.key()));
        });
    }

    @Override
    public void requireSafe(String key) {
        toStore(key);
    }

    @Override
    public ObjectFacts head(String key) {
        return find(key)
                .orElseThrow(() -> new StorageFailed(
                        StorageFailed.Kind.MISSING,
                        Place.of(store.nameOf(toStore(key))),
                        "no such object",
                        "check the key"));
    }

    @Override
    public Inspection inspect(String key, CompactionOptions options) {
        try (OpenedFooter opened = OpenedFooter.of(object(store, key), options)) {
            return opened.inspect(options.settings());
        }
    }

    @Override
    public Chunks chunks(String key, CompactionOptions options, int maxRowGroups, int maxColumns) {
        try (OpenedFooter opened = OpenedFooter.of(object(store, key), options)) {
            return new Chunks(
                    opened.inspect(options.settings()), ChunkMatrix.of(opened.footer(), maxRowGroups, maxColumns));
        }
    }

    @Override
    public Optional<ChunkPages> pages(String key, CompactionOptions options, int rowGroup, int column, int maxPages) {
        try (OpenedFooter opened = OpenedFooter.of(object(store, key), options)) {
            boolean isThere = rowGroup < opened.footer().rowGroupCount()
                    && column < opened.footer().schema().leaves().size();
            return isThere ? Optional.of(opened.pages(rowGroup, column, maxPages)) : Optional.empty();
        }
    }

    @Override
    public Optional<TableFormats.Membership> table(String key) {
        return TableFormats.find(object(store, key));
    }

    @Override
    public Plan plan(String key, CompactionOptions options) {
        return new Compactor(options).plan(object(store, key));
    }

    @Override
    public CompactionReport replace(String key, CompactionOptions options, PublishHook hook) {
        return new Compactor(hooked(options, hook)).run(Job.inPlace(object(watched(hook), key)));
    }

    @Override
    public CompactionReport write(Plan plan, String key, String newKey, CompactionOptions options, PublishHook hook) {
        TableFormats.requireNoTable(object(store, key));
        ObjectStore watched = watched(hook);
        return new Compactor(hooked(options, hook))
                .run(Job.of(object(watched, key), object(watched, newKey)).withPlan(plan));
    }

    @Override
    public FoundObjects parquet(String folder, InputFilter filter) {
        String any = toStore(folder + "any");
        String start = any.substring(0, any.length() - "any".length());
        InputFinder finder = new InputFinder(filter, TableFormats::folderOf);
        try {
            finder.addStored(store, lister, start);
        } catch (IllegalArgumentException tooMany) {
            throw new StorageFailed(
                    Place.of(folder), String.valueOf(tooMany.getMessage()), "merge a part of them at a time");
        }
        FoundInputs found = finder.found();
        return new FoundObjects(
                found.candidates().stream().map(this::pinned).toList(),
                found.passedOver().stream()
                        .map(passed -> new PassedOver(keyOf(passed.name()), passed.reason()))
                        .toList(),
                found.passedOverCounts());
    }

    private MergeInput pinned(Candidate candidate) {
        String key = candidate.object().key().substring(root().length());
        // The folders above the bucket are no part of a key.
        String above = Candidate.named(new ObjectRef(store, root())).group();
        String group = above.isEmpty() ? candidate.group() : candidate.group().substring(above.length());
        return new MergeInput(
                key,
                group.startsWith("/") ? group.substring(1) : group,
                candidate.size(),
                Objects.requireNonNull(candidate.version()));
    }

    @Override
    public Optional<MergeInput> pin(String key) {
        String group = Candidate.named(new ObjectRef(store, key)).group();
        return find(key).map(facts -> new MergeInput(key, group, facts.size(), facts.version()));
    }

    @Override
    public MergeReport merge(List<MergeInput> inputs, String target, MergeOptions options, PublishHook hook) {
        ObjectStore watched = watched(hook);
        FoundInputs found = FoundInputs.of(inputs.stream()
                .map(input ->
                        Candidate.pinned(object(watched, input.key()), input.group(), input.size(), input.version()))
                .toList());
        MergeOptions hooked = options.withCompaction(hooked(options.compaction(), hook));
        if (target.endsWith("/")) {
            String any = toStore(target + "any");
            String folder = any.substring(0, any.length() - "any".length());
            return new FolderMerger(hooked, new ObjectRef(watched, folder)).merge(found);
        }
        watched.makeFolder(toStore(target));
        return new Merger(hooked).merge(found, object(watched, target));
    }

    @Override
    public String keyOf(String name) {
        String start = store.nameOf(root());
        return name.startsWith(start) ? name.substring(start.length()) : name;
    }

    @Override
    public void download(String key, Path file) throws IOException {
        try (RangeReader reader = store.open(toStore(key));
                FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            reader.transfer(0, reader.size(), (position, bytes) -> write(channel, bytes));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text as it is: a store's names are no secret of this machine. */
    @Override
    public String forPeople(String message) {
        return message;
    }

    /** Does nothing by default: in a folder, the next run removes the files that a killed run left. */
    @Override
    public void removeUpload(Upload upload) {}
}

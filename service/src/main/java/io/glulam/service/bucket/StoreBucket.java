package io.glulam.service.bucket;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.TableFormats;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.format.ColumnChunk;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.policy.FragmentPolicy;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoredObject;

/** What all buckets do in the same way, whatever store is behind them. */
abstract class StoreBucket implements Bucket {
    /** Footer's length and magic. */
    private static final int TRAILER_BYTES = 8;

    /** Under which name stores keep the mark of a plan. */
    private static final String MARK = "glulam-plan";

    private final ObjectStore store;

    StoreBucket(ObjectStore store) {
        this.store = store;
    }

    /** The store's key of a bucket's key, which is checked first. */
    abstract String toStore(String key);

    /** The bucket's key of a store's key. */
    abstract String fromStore(String storeKey);

    @Override
    public void requireSafe(String key) {
        toStore(key);
    }

    @Override
    public ObjectHead head(String key) {
        try (RangeReader reader = store.open(toStore(key))) {
            return new ObjectHead(
                    key,
                    reader.size(),
                    reader.version(),
                    reader.attributes().metadata().get(MARK));
        }
    }

    @Override
    public Shape shape(String key, Settings settings, long bufferBytes) {
        try (RangeReader reader = store.open(toStore(key))) {
            Footer footer = FooterReader.read(reader, bufferBytes);
            long[] sizes = new long[footer.rowGroupCount()];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = footer.compressedSize(i);
            }
            int columns = footer.schema().leaves().size();
            return new Shape(
                    reader.size(),
                    footer.bytes().length + TRAILER_BYTES,
                    footer.rowCount(),
                    FragmentPolicy.threshold(settings, reader.size()),
                    sizes,
                    columns,
                    sizes.length > 0 && columns > 0 && hasPageIndex(footer));
        }
    }

    /** Whether the first row group's first column has one; writers give it to all or none. */
    private static boolean hasPageIndex(Footer footer) {
        ColumnChunk chunk = footer.chunk(0, 0);
        return chunk.offsetIndexOffset() > 0;
    }

    @Override
    public Plan plan(String key, CompactionOptions options) {
        return new Compactor(options).plan(new StoredObject(store, toStore(key)));
    }

    @Override
    public CompactionReport replace(String key, CompactionOptions options, PublishHook hook) {
        String storeKey = toStore(key);
        TableFormats.requireNoTable(new StoredObject(store, storeKey));
        return new Compactor(options)
                .compactInPlace(new StoredObject(new HookedStore(store, hook, this::fromStore), storeKey));
    }

    @Override
    public CompactionReport write(Plan plan, String key, String newKey, CompactionOptions options, PublishHook hook) {
        String storeKey = toStore(key);
        TableFormats.requireNoTable(new StoredObject(store, storeKey));
        HookedStore hooked = new HookedStore(store, hook, this::fromStore);
        return new Compactor(options)
                .execute(plan, new StoredObject(hooked, storeKey), new StoredObject(hooked, toStore(newKey)));
    }
}

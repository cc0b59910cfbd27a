package io.glulam.join;

import io.glulam.adapt.CutPages;
import io.glulam.error.Place;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.WriteRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that holds one object, the joined file of some inputs, so that it can be compacted as any other. It cannot be
 * written to. The joined file is made when it is opened.
 */
public final class JoinedStore implements ObjectStore {
    private final JoinBuilder builder;
    private final String name;
    private @Nullable Joined opened;

    /**
     * @param builder of the object
     * @param slices that the object holds
     */
    public JoinedStore(JoinBuilder builder, List<Slice> slices) {
        this.builder = builder;
        this.name = JoinedReader.name(Slice.inputs(slices));
    }

    /** The object. */
    public ObjectRef object() {
        return new ObjectRef(this, name);
    }

    @Override
    public String nameOf(String key) {
        return key;
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.LOCAL;
    }

    /** Opens the one object, once. */
    @Override
    public synchronized RangeReader open(String key) {
        if (opened != null) {
            throw new IllegalStateException("the joined file is opened twice");
        }
        Joined joined = builder.build();
        opened = joined;
        return joined.reader();
    }

    @Override
    public ObjectWriter create(String key, WriteRequest object) {
        throw new UnsupportedOperationException("a joined file is only read");
    }

    /** The place in an input that a place in the joined file stands for; other places as they are. */
    public synchronized Place placeInInput(Place place) {
        return opened == null ? place : opened.reader().placeInInput(place);
    }

    /** Returns what the joined file does not carry on of the inputs, for people; empty until it was opened. */
    public synchronized List<String> dropped() {
        return opened == null ? List.of() : opened.dropped();
    }

    /** Returns the counts of pages of columns in which rows are deleted; none until the file was opened. */
    public synchronized CutPages cutPages() {
        return opened == null ? CutPages.NONE : opened.cutPages();
    }
}

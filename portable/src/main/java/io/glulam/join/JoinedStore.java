package io.glulam.join;

import io.glulam.error.Place;
import io.glulam.storage.NewObject;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.StoredObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that holds one object, the joined file of some inputs, so that it can be compacted as any other. It cannot be
 * written to. The joined file is made when it is opened.
 */
public final class JoinedStore implements ObjectStore {
    private final JoinBuilder builder;
    private final String name;
    private @Nullable JoinedReader opened;

    /**
     * @param builder of the object
     * @param slices that the object holds
     */
    public JoinedStore(JoinBuilder builder, List<Slice> slices) {
        this.builder = builder;
        this.name = JoinedReader.name(Slice.inputs(slices));
    }

    /** The object. */
    public StoredObject object() {
        return new StoredObject(this, name);
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
        JoinedReader reader = builder.build();
        opened = reader;
        return reader;
    }

    @Override
    public ObjectWriter create(String key, NewObject object) {
        throw new UnsupportedOperationException("a joined file is only read");
    }

    /** The place in an input that a place in the joined file stands for; other places as they are. */
    public synchronized Place placeInInput(Place place) {
        return opened == null ? place : opened.placeInInput(place);
    }
}

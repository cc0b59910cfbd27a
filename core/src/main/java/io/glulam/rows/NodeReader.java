package io.glulam.rows;

import io.glulam.decode.TripletReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the values of one node of a schema from the triplets of its leaves, an instance at a time. Definition and
 * repetition levels are those of the node itself. A group becomes an array of its fields, a list a {@link List}, a map
 * {@link MapEntries}. Not thread-safe.
 */
public sealed interface NodeReader extends AutoCloseable {
    /** Takes the triplets of one instance. Returns null if it or a node around it is null. */
    @Nullable
    Object read();

    /** Returns a leaf below the node, whose next triplet tells which nodes are null. */
    LeafCursor first();

    @Override
    void close();

    /** Turns the value of the current triplet into an object. */
    interface Value {
        /** Returns the value. */
        Object of(TripletReader triplet);
    }

    /** A leaf column. */
    record Primitive(LeafCursor cursor, Value value) implements NodeReader {
        @Override
        public @Nullable Object read() {
            TripletReader triplet = cursor.reader();
            Object result = triplet.isNull() ? null : value.of(triplet);
            cursor.take();
            return result;
        }

        @Override
        public LeafCursor first() {
            return cursor;
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    /** A field that the file lacks, or a group without leaves. */
    record Absent() implements NodeReader {
        @Override
        public @Nullable Object read() {
            return null;
        }

        @Override
        public LeafCursor first() {
            throw new IllegalStateException("an absent field has no leaf");
        }

        @Override
        public void close() {}
    }

    /**
     * A group of fields.
     *
     * @param repetition level of the group: a triplet of a higher one belongs to the same instance
     * @param definition level from which on the group is not null
     * @param fields in the order that is asked for
     * @param presence a leaf of the group that is read for its levels only; null if a field has one
     */
    record Struct(
            int repetition,
            int definition,
            List<NodeReader> fields,
            @Nullable LeafCursor presence) implements NodeReader {
        @Override
        public @Nullable Object read() {
            boolean present = definition == 0 || first().definition() >= definition;
            @Nullable Object[] values = instance();
            return present ? values : null;
        }

        /** Takes the triplets of one instance, which may be null. */
        public @Nullable Object[] instance() {
            @Nullable Object[] values = new Object[fields.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = fields.get(i).read();
            }
            if (presence != null) {
                do {
                    presence.take();
                } while (presence.repetition() > repetition);
            }
            return values;
        }

        @Override
        public LeafCursor first() {
            for (NodeReader field : fields) {
                if (!(field instanceof Absent)) {
                    return field.first();
                }
            }
            if (presence == null) {
                throw new IllegalStateException("a group without leaves");
            }
            return presence;
        }

        @Override
        public void close() {
            fields.forEach(NodeReader::close);
            if (presence != null) {
                presence.close();
            }
        }
    }

    /**
     * A list or a map.
     *
     * @param repetition level of the group that repeats
     * @param definition level from which on there is an element
     * @param emptyDefinition level from which on the list is not null
     * @param elements one for a list; key and value for a map
     */
    record Repeated(int repetition, int definition, int emptyDefinition, List<NodeReader> elements)
            implements NodeReader {
        @Override
        public @Nullable Object read() {
            int level = first().definition();
            List<List<@Nullable Object>> values = new ArrayList<>();
            elements.forEach(element -> values.add(new ArrayList<>()));
            do {
                for (int i = 0; i < elements.size(); i++) {
                    Object value = elements.get(i).read();
                    if (level >= definition) {
                        values.get(i).add(value);
                    }
                }
            } while (first().repetition() == repetition);
            if (level < emptyDefinition) {
                return null;
            }
            return values.size() == 1 ? values.get(0) : new MapEntries(values.get(0), values.get(1));
        }

        @Override
        public LeafCursor first() {
            return elements.get(0).first();
        }

        @Override
        public void close() {
            elements.forEach(NodeReader::close);
        }
    }
}

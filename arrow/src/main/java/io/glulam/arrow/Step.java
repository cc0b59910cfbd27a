package io.glulam.arrow;

import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * A struct or list on the way from a column to its leaves. The first of the leaves below leads: it writes which structs and
 * lists are null and how long lists are. The others have to come to the same number of them. Not thread-safe.
 */
abstract sealed class Step {
    private boolean led;
    private int instances;

    /** Returns whether the leaf that asks is the first one. */
    boolean isLedByCaller() {
        boolean first = !led;
        led = true;
        return first;
    }

    /** Returns how many structs or lists the leading leaf has come to in this batch. */
    int instances() {
        return instances;
    }

    void setInstances(int count) {
        instances = count;
    }

    /**
     * Begins a struct or list.
     *
     * @param index in the vector
     * @param definition level of the triplet
     * @param leads whether the leaf of the triplet leads
     * @return whether there is a value below it, which may be null
     */
    abstract boolean begin(int index, int definition, boolean leads);

    /** A struct: each of its fields has a value for each of its own, even for those that are null. */
    static final class OfStruct extends Step {
        private final StructVector vector;
        private final int definition;

        OfStruct(StructVector vector, int definition) {
            this.vector = vector;
            this.definition = definition;
        }

        @Override
        boolean begin(int index, int level, boolean leads) {
            if (leads && level >= definition) {
                vector.setIndexDefined(index);
            }
            return true;
        }
    }

    /** A list or a map. */
    static final class OfList extends Step {
        private final ListVector vector;
        private final ArrowNode.Repeated levels;

        OfList(ListVector vector, ArrowNode.Repeated levels) {
            this.vector = vector;
            this.levels = levels;
        }

        int repetition() {
            return levels.repetition();
        }

        @Override
        boolean begin(int index, int level, boolean leads) {
            boolean any = level >= levels.elementDefinition();
            if (leads && level >= levels.definition()) {
                vector.startNewValue(index);
                if (any) {
                    goOn(index, true);
                }
            }
            return any;
        }

        /** Adds an element to the list that was begun last. */
        void goOn(int index, boolean leads) {
            if (leads) {
                vector.endValue(index, 1);
            }
        }
    }
}

package io.glulam.schema;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.shape.NameMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what the fields of an output and of a file are known by: a name or a field id. */
sealed interface FieldKeys {
    FieldKeys NAMES = new Names();

    /** Returns what a field of the output is known by. */
    Object ofOutput(Element field, String path);

    /**
     * Returns what a field of the file is known by; null if nothing is.
     *
     * @param path without the repeated groups of lists and maps
     */
    @Nullable
    Object ofFile(Element field, List<String> path);

    /**
     * Makes the keys of a file whose fields are known by ids.
     *
     * @throws Unsupported if it has none, and none are given
     */
    static FieldKeys ids(Element root, FileSchema file, @Nullable NameMapping names) {
        if (!hasIds(root)) {
            if (names == null) {
                throw new Unsupported(
                        Place.UNKNOWN,
                        "its fields have no ids, by which the table finds them",
                        "give the table a name mapping, such as schema.name-mapping.default");
            }
            return new Ids(names);
        }
        if (!file.trustsFieldIds()) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "its writer, an old version of parquet-cpp, numbers the fields of each file anew, so that field ids are"
                            + " not the table's",
                    "rewrite the file with the table's own engine");
        }
        return new Ids(null);
    }

    private static boolean hasIds(Element element) {
        return element.node().fieldId() != null || element.children().stream().anyMatch(FieldKeys::hasIds);
    }

    /** Fields are known by their names. */
    record Names() implements FieldKeys {
        @Override
        public Object ofOutput(Element field, String path) {
            return field.node().name();
        }

        @Override
        public Object ofFile(Element field, List<String> path) {
            return field.node().name();
        }
    }

    /**
     * Fields are known by their ids.
     *
     * @param names gives the file's; null if the file has them
     */
    record Ids(@Nullable NameMapping names) implements FieldKeys {
        @Override
        public Object ofOutput(Element field, String path) {
            Integer id = field.node().fieldId();
            if (id == null) {
                throw new IllegalArgumentException("the output's field " + path + " has no id");
            }
            return id;
        }

        @Override
        public @Nullable Object ofFile(Element field, List<String> path) {
            return names == null ? field.node().fieldId() : names.idOf(path);
        }
    }
}

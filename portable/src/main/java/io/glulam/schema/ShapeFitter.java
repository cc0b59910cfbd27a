package io.glulam.schema;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.format.Repetition;
import io.glulam.format.SchemaNode;
import io.glulam.shape.MadeColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through the trees of an output's schema and a file's, and notes how the file provides each leaf. For one file. */
final class ShapeFitter {
    private static final String KEY = "key";
    private static final String OTHER_ENGINE = "rewrite the file with the table's own engine";

    private final FieldKeys keys;
    private final Map<List<String>, MadeColumn> made;
    private final List<ColumnFit> fits = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final boolean allowsNulls;
    private final Set<List<String>> nullable = new HashSet<>();

    /**
     * Where the trees are gone through.
     *
     * @param names of the output, as {@code made} has them: what lists and maps hold goes by its place
     * @param ownNames of the output's fields themselves, but for repeated ones
     * @param fileNames as {@link FieldKeys#ofFile} takes them
     * @param levels what definition levels mean
     */
    private record Position(List<String> names, List<String> ownNames, List<String> fileNames, Levels levels) {
        static final Position ROOT = new Position(List.of(), List.of(), List.of(), Levels.ROOT);

        Position with(Levels other) {
            return new Position(names, ownNames, fileNames, other);
        }

        Position below(Element output, String name, String fileName) {
            List<String> own = output.isRepeated()
                    ? ownNames
                    : plus(ownNames, output.node().name());
            return new Position(plus(names, name), own, plus(fileNames, fileName), levels);
        }

        String path() {
            return String.join(".", names);
        }

        String path(Element field) {
            return String.join(".", plus(names, field.node().name()));
        }

        static List<String> plus(List<String> path, String name) {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            return List.copyOf(longer);
        }
    }

    /**
     * @param made values of columns that the file lacks, by path in the output
     * @param allowsNulls whether the file may hold nulls where the output's field is required
     */
    ShapeFitter(FieldKeys keys, Map<List<String>, MadeColumn> made, boolean allowsNulls) {
        this.keys = keys;
        this.made = made;
        this.allowsNulls = allowsNulls;
    }

    ShapeFit result() {
        return new ShapeFit(fits, leftOut, nullable);
    }

    /** @throws Unsupported if the file does not fit */
    void fit(Element output, Element file) {
        fitFields(output, file, Position.ROOT);
    }

    private void fitFields(Element output, Element file, Position around) {
        Map<Object, Element> own = byKey(file, around);
        for (Element field : output.children()) {
            Element match = own.remove(keys.ofOutput(field, around.path(field)));
            if (match == null) {
                noteMissing(field, file, around);
            } else {
                fitField(
                        field,
                        match,
                        around.below(field, field.node().name(), match.node().name()));
            }
        }
        for (Element field : own.values()) {
            leftOut.add(String.join(
                    ".", Position.plus(around.fileNames(), field.node().name())));
        }
    }

    private Map<Object, Element> byKey(Element group, Position at) {
        Map<Object, Element> byKey = new LinkedHashMap<>();
        for (Element field : group.children()) {
            List<String> path = Position.plus(at.fileNames(), field.node().name());
            Object key = keys.ofFile(field, path);
            if (key == null) {
                leftOut.add(String.join(".", path));
            } else if (byKey.put(key, field) != null) {
                throw refused(path, "the file has two fields " + key + " in one group");
            }
        }
        return byKey;
    }

    private void fitField(Element output, Element file, Position at) {
        if (output.node().isGroup() != file.node().isGroup() || output.isRepeated() != file.isRepeated()) {
            throw mismatch(output, file, at);
        }
        boolean nulls = mayHoldNulls(output, file);
        if (nulls && !allowsNulls) {
            throw holdsNulls(at);
        }
        if (nulls) {
            nullable.add(at.ownNames());
        }
        boolean defining = nulls || output.isDefining();
        Position inside = at.with(at.levels().below(file.isDefining(), defining, output.isRepeated()));
        if (output.node().isGroup()) {
            fitGroup(output, file, inside);
        } else {
            fitLeaf(output, file, inside);
        }
    }

    private static boolean mayHoldNulls(Element output, Element file) {
        return output.node().repetition() == Repetition.REQUIRED && file.node().repetition() != Repetition.REQUIRED;
    }

    private static Unsupported holdsNulls(Position at) {
        return new Unsupported(
                place(at.names()),
                "the file's column may hold nulls, and the output's is required",
                "make the column optional in the output");
    }

    private void fitGroup(Element output, Element file, Position at) {
        Nesting nesting = Nesting.of(output);
        if (!Meaning.of(output).isSame(Meaning.of(file)) || nesting != Nesting.of(file)) {
            throw mismatch(output, file, at);
        }
        switch (nesting) {
            case PLAIN -> {
                if (Meaning.of(output).type().id() == LogicalType.VARIANT) {
                    fitVariant(output, file, at);
                } else {
                    fitFields(output, file, at);
                }
            }
            // The repeated element of a list of two levels is the element itself.
            case TWO_LEVEL_LIST ->
                fitPart(output.children().get(0), file.children().get(0), at, "element");
            case THREE_LEVEL_LIST -> fitRepeated(output, file, at, List.of("element"));
            case MAP -> fitRepeated(output, file, at, List.of(KEY, "value"));
        }
    }

    /** Lists and maps: the repeated group has no id, and its fields go by their places. */
    private void fitRepeated(Element output, Element file, Position at, List<String> names) {
        List<Element> parts = output.children().get(0).children();
        List<Element> own = file.children().get(0).children();
        if (parts.size() != own.size() || parts.size() > names.size()) {
            throw mismatch(output.children().get(0), file.children().get(0), at);
        }
        Position inside = at.with(at.levels().below(true, true, true));
        for (int i = 0; i < parts.size(); i++) {
            fitPart(parts.get(i), own.get(i), inside, names.get(i));
        }
    }

    private void fitPart(Element output, Element file, Position around, String name) {
        Position at = around.below(output, name, name);
        Object known = keys instanceof FieldKeys.Ids ? keys.ofFile(file, at.fileNames()) : null;
        if (known != null && !known.equals(output.node().fieldId())) {
            throw mismatch(output, file, at);
        }
        if (name.equals(KEY) && mayHoldNulls(output, file)) {
            throw holdsNulls(at);
        }
        fitField(output, file, at);
    }

    /** How a variant is shredded differs from file to file: its parts, which have no ids, must be the same. */
    private void fitVariant(Element output, Element file, Position at) {
        if (output.children().size() != file.children().size()) {
            throw mismatch(output, file, at);
        }
        for (int i = 0; i < output.children().size(); i++) {
            Element part = output.children().get(i);
            Element own = file.children().get(i);
            if (!part.node().name().equals(own.node().name())) {
                throw mismatch(part, own, at);
            }
            Position inside = at.below(part, part.node().name(), own.node().name());
            if (mayHoldNulls(part, own)) {
                throw holdsNulls(inside);
            }
            boolean groups = part.node().isGroup() && own.node().isGroup();
            if (groups && part.isRepeated() == own.isRepeated() && part.isDefining() == own.isDefining()) {
                fitVariant(
                        part,
                        own,
                        inside.with(at.levels().below(own.isDefining(), part.isDefining(), part.isRepeated())));
            } else {
                fitField(part, own, inside);
            }
        }
    }

    private void fitLeaf(Element output, Element file, Position at) {
        int column = file.node().leaf();
        Levels levels = at.levels();
        boolean samePhysicalType = output.node().type() == file.node().type()
                && output.node().typeLength() == file.node().typeLength();
        long unitsInDay = Meaning.of(file).isDate() ? Meaning.of(output).unitsInDay() : 0;
        if (unitsInDay == 0 && !holdsValuesOf(output, file, samePhysicalType)) {
            throw mismatch(output, file, at);
        }
        MadeColumn given = made.get(at.names());
        if (given != null && given.alsoForNulls() && file.node().repetition() != Repetition.REQUIRED) {
            if (at.names().size() > 1 || file.isRepeated() || file.node().type() != PhysicalType.INT64) {
                throw refused(at.names(), "nulls can be filled in an INT64 column of the root only");
            }
            fits.add(new ColumnFit.Filled(column, levels.upTo(levels.levels().length), given.values()));
        } else {
            fits.add(
                    samePhysicalType
                            ? levels.fit(column)
                            : new ColumnFit.Wider(
                                    column, levels.upTo(levels.levels().length), Math.max(1, unitsInDay)));
        }
    }

    private static boolean holdsValuesOf(Element output, Element file, boolean samePhysicalType) {
        Meaning there = Meaning.of(output);
        Meaning here = Meaning.of(file);
        if (samePhysicalType && there.isSame(here)) {
            return true;
        }
        return WiderType.holdsAll(output, file) || samePhysicalType && here.isNone() && there.isText();
    }

    /** A field that the file lacks: what was given for it, else nulls where the group around it exists. */
    private void noteMissing(Element field, Element group, Position around) {
        List<String> path = Position.plus(around.names(), field.node().name());
        SchemaNode sibling = group.firstLeaf();
        if (sibling == null) {
            throw refused(path, "the file has no field in the group around it");
        }
        Levels levels = around.levels();
        int max = group.firstLeafLevel(levels.levels().length);
        MadeColumn given = made.get(path);
        if (given != null && !field.node().isGroup() && !field.isRepeated()) {
            int level = levels.definitionLevel() + (field.isDefining() ? 1 : 0);
            fits.add(new ColumnFit.Made(
                    sibling.leaf(), levels.repetitionLevel(), levels.upTo(max, level), given.values()));
            return;
        }
        if (field.node().repetition() != Repetition.OPTIONAL) {
            throw new Unsupported(
                    place(path),
                    "the file lacks the column, and the output's cannot be null",
                    "make the column optional in the output, or give a value for it");
        }
        for (int i = 0; i < field.leafCount(); i++) {
            fits.add(new ColumnFit.Missing(sibling.leaf(), levels.repetitionLevel(), levels.upTo(max)));
        }
    }

    private static Unsupported mismatch(Element output, Element file, Position at) {
        String path = at.path();
        return refused(at.names(), "the file has " + file.describe(path) + ", and the output " + output.describe(path));
    }

    private static Unsupported refused(List<String> path, String problem) {
        return new Unsupported(place(path), problem, OTHER_ENGINE);
    }

    private static Place place(List<String> path) {
        return new Place(null, -1, String.join(".", path), -1);
    }
}

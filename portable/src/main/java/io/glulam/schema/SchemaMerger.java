package io.glulam.schema;

import io.glulam.format.Repetition;
import io.glulam.format.SchemaNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Merges the trees of two schemas, and notes how each leaf of the result is provided by the second. For one merge. */
final class SchemaMerger {
    private final SchemaRules rules;
    private final boolean comparesIds;
    private final boolean byIds;
    private final List<ColumnFit> fits = new ArrayList<>();
    private boolean shared;

    /**
     * @param comparesIds whether field ids of both schemas are the table's
     * @param idsComplete whether all fields of both have one
     */
    SchemaMerger(SchemaRules rules, boolean comparesIds, boolean idsComplete) {
        this.rules = rules;
        this.comparesIds = comparesIds;
        this.byIds = comparesIds && idsComplete;
    }

    /** How the second schema provides each leaf of the result. */
    List<ColumnFit> fits() {
        return List.copyOf(fits);
    }

    /** @throws MismatchFound if the schemas do not go together */
    Element merge(Element there, Element here) {
        List<Element> children = mergeFields(there, here, "", Levels.ROOT);
        if (!shared && !there.children().isEmpty() && !here.children().isEmpty()) {
            throw new MismatchFound("", "none of the columns of the other", "none of its columns");
        }
        return there.with(children, null);
    }

    private Element mergeField(Element there, Element here, String path, Levels around) {
        requireSameId(there, here, path);
        if (there.node().isGroup() != here.node().isGroup()) {
            throw mismatch(there, here, path);
        }
        Repetition repetition = repetition(there, here, path);
        Levels levels =
                around.below(here.isDefining(), repetition != Repetition.REQUIRED, repetition == Repetition.REPEATED);
        if (!there.node().isGroup()) {
            return mergeLeaf(there, here, path, levels).with(List.of(), repetition);
        }
        if (!Meaning.of(there).isSame(Meaning.of(here))) {
            throw mismatch(there, here, path);
        }
        return there.with(mergeGroup(there, here, path, levels), repetition);
    }

    private List<Element> mergeGroup(Element there, Element here, String path, Levels levels) {
        Nesting nesting = Nesting.of(there);
        if (nesting != Nesting.of(here)) {
            throw new MismatchFound(
                    path,
                    here.describe(path) + " in the form " + Nesting.of(here),
                    there.describe(path) + " in the form " + nesting);
        }
        if (nesting == Nesting.PLAIN) {
            return mergeFields(there, here, path, levels);
        }
        // Name and annotation of the repeated group, MAP_KEY_VALUE in old maps, mean nothing.
        Element repeatedThere = there.children().get(0);
        Element repeatedHere = here.children().get(0);
        String repeatedPath = below(path, repeatedThere);
        if (nesting == Nesting.TWO_LEVEL_LIST) {
            return List.of(mergeField(repeatedThere, repeatedHere, repeatedPath, levels));
        }
        requireSameId(repeatedThere, repeatedHere, repeatedPath);
        if (repeatedThere.children().size() != repeatedHere.children().size()) {
            throw mismatch(repeatedThere, repeatedHere, repeatedPath);
        }
        Levels inside = levels.below(true, true, true);
        List<Element> fields = new ArrayList<>();
        for (int i = 0; i < repeatedThere.children().size(); i++) {
            Element field = repeatedThere.children().get(i);
            fields.add(mergeField(field, repeatedHere.children().get(i), below(repeatedPath, field), inside));
        }
        return List.of(repeatedThere.with(fields, null));
    }

    /** Pairs the fields of a group by id or name; those that only one has are missing in the other. */
    private List<Element> mergeFields(Element there, Element here, String path, Levels levels) {
        byKey(there, path);
        Map<Object, Element> own = byKey(here, path);
        requireNamesAgree(there, here, path);
        List<Element> merged = new ArrayList<>();
        for (Element field : there.children()) {
            Element match = own.remove(key(field));
            String fieldPath = below(path, field);
            if (match != null) {
                merged.add(mergeField(field, match, fieldPath, levels));
            } else {
                merged.add(optional(field, fieldPath, true));
                noteMissing(field, here, fieldPath, levels);
            }
        }
        for (Element field : here.children()) {
            if (own.containsKey(key(field))) {
                String fieldPath = below(path, field);
                merged.add(optional(field, fieldPath, false));
                requireNewName(field, there, fieldPath);
                notePresent(field, levels.below(field.isDefining(), true, false));
            }
        }
        return merged;
    }

    private Object key(Element field) {
        return byIds
                ? Objects.requireNonNull(field.node().fieldId())
                : field.node().name();
    }

    private Map<Object, Element> byKey(Element group, String path) {
        Map<Object, Element> byKey = new HashMap<>();
        for (Element field : group.children()) {
            if (byKey.put(key(field), field) != null) {
                throw new MismatchFound(path, "two fields " + key(field) + " in one group", "another schema");
            }
        }
        return byKey;
    }

    /** Fields with the same id and other names are renamed; but then neither name may be that of a third field. */
    private void requireNamesAgree(Element there, Element here, String path) {
        if (!byIds) {
            return;
        }
        Map<String, Element> names = new HashMap<>();
        there.children().forEach(field -> names.put(field.node().name(), field));
        for (Element field : here.children()) {
            Element sameName = names.get(field.node().name());
            if (sameName != null
                    && !Objects.equals(sameName.node().fieldId(), field.node().fieldId())) {
                String fieldPath = below(path, field);
                throw new MismatchFound(fieldPath, field.describe(fieldPath), sameName.describe(fieldPath));
            }
        }
    }

    private void requireSameId(Element there, Element here, String path) {
        Integer id = there.node().fieldId();
        Integer other = here.node().fieldId();
        if (comparesIds && id != null && other != null && !id.equals(other)) {
            throw mismatch(there, here, path);
        }
    }

    private static Repetition repetition(Element there, Element here, String path) {
        Repetition known = Objects.requireNonNull(there.node().repetition());
        Repetition other = Objects.requireNonNull(here.node().repetition());
        if (known != other && (known == Repetition.REPEATED || other == Repetition.REPEATED)) {
            throw mismatch(there, here, path);
        }
        return known == other ? known : Repetition.OPTIONAL;
    }

    /** Returns a field that one schema does not have as the result has it: it is null in that schema's files. */
    private static Element optional(Element field, String path, boolean missingHere) {
        if (field.isRepeated() || field.firstLeaf() == null) {
            String has = field.describe(path) + ", which cannot be null";
            throw missingHere
                    ? new MismatchFound(path, "no field " + path, has)
                    : new MismatchFound(path, has, "no field " + path);
        }
        return field.with(field.children(), Repetition.OPTIONAL);
    }

    /** Readers that do not tell upper from lower case must not find two fields of one name. */
    private static void requireNewName(Element field, Element group, String path) {
        Set<String> names = new HashSet<>();
        group.children().forEach(other -> names.add(other.node().name().toLowerCase(Locale.ROOT)));
        if (names.contains(field.node().name().toLowerCase(Locale.ROOT))) {
            throw new MismatchFound(path, field.describe(path), "a field of that name in other letters");
        }
    }

    private Element mergeLeaf(Element there, Element here, String path, Levels levels) {
        int column = here.node().leaf();
        shared = true;
        boolean sameType = there.node().type() == here.node().type()
                && there.node().typeLength() == here.node().typeLength();
        if (sameType && Meaning.of(there).isSame(Meaning.of(here))) {
            fits.add(levels.fit(column));
            return there;
        }
        Element wide = rules.widen() ? WiderType.of(there, here) : null;
        if (wide == null) {
            throw mismatch(there, here, path);
        }
        boolean samePhysicalType = wide.node().type() == here.node().type()
                && wide.node().typeLength() == here.node().typeLength();
        fits.add(
                samePhysicalType
                        ? levels.fit(column)
                        : new ColumnFit.Wider(column, levels.upTo(levels.levels().length)));
        return there.withTypeOf(wide);
    }

    /** All leaves of a field that the file lacks are null where the group around the field exists. */
    private void noteMissing(Element field, Element group, String path, Levels levels) {
        SchemaNode sibling = group.firstLeaf();
        if (sibling == null) {
            throw new MismatchFound(path, "no field in the group of " + path, field.describe(path));
        }
        int max = group.firstLeafLevel(levels.levels().length);
        int leaves = field.leafCount();
        for (int i = 0; i < leaves; i++) {
            fits.add(new ColumnFit.Missing(sibling.leaf(), levels.repetitionLevel(), levels.upTo(max)));
        }
    }

    /** All leaves of a field that only the file has. */
    private void notePresent(Element field, Levels levels) {
        if (!field.node().isGroup()) {
            fits.add(levels.fit(field.node().leaf()));
            return;
        }
        for (Element child : field.children()) {
            notePresent(child, levels.below(child.isDefining(), child.isDefining(), child.isRepeated()));
        }
    }

    private static String below(String path, Element element) {
        return path.isEmpty()
                ? element.node().name()
                : path + "." + element.node().name();
    }

    private static MismatchFound mismatch(Element there, Element here, String path) {
        return new MismatchFound(path, here.describe(path), there.describe(path));
    }
}

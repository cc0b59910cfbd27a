package io.glulam.schema;

/** Tells whether a schema names its fields by ids. */
final class FieldIds {
    private FieldIds() {}

    /** Whether every field has an id, but for the root and the repeated groups of lists and maps, which are no fields. */
    static boolean areComplete(Element root) {
        return root.children().stream().allMatch(child -> areComplete(child, Nesting.of(root)));
    }

    private static boolean areComplete(Element element, Nesting around) {
        boolean needsNone = element.isRepeated() && (around == Nesting.THREE_LEVEL_LIST || around == Nesting.MAP);
        if (element.node().fieldId() == null && !needsNone) {
            return false;
        }
        Nesting nesting = Nesting.of(element);
        return element.children().stream().allMatch(child -> areComplete(child, nesting));
    }
}

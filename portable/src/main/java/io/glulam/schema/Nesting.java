package io.glulam.schema;

/** Tells what a group is, by the rules of the specification's LogicalTypes.md for lists and maps, old ones included. */
enum Nesting {
    /** A list whose repeated child is a group around the elements, with any name. */
    THREE_LEVEL_LIST,
    /** A list whose repeated child is the element. */
    TWO_LEVEL_LIST,
    /** A map whose repeated child is a group of key and value, with any names. */
    MAP,
    /** A leaf, or a group whose fields go by their names. */
    PLAIN;

    static Nesting of(Element element) {
        if (element.children().size() != 1 || !element.children().get(0).isRepeated()) {
            return PLAIN;
        }
        Element repeated = element.children().get(0);
        Meaning meaning = Meaning.of(element);
        if (meaning.isMap()) {
            return repeated.node().isGroup() ? MAP : PLAIN;
        }
        if (!meaning.isList()) {
            return PLAIN;
        }
        String name = repeated.node().name();
        boolean isElement = !repeated.node().isGroup()
                || repeated.children().size() != 1
                || name.equals("array")
                || name.equals(element.node().name() + "_tuple");
        return isElement ? TWO_LEVEL_LIST : THREE_LEVEL_LIST;
    }
}

package io.glulam.footer;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what is dropped, once per kind of field; refuses instead if strict. */
final class DroppedFields {
    private final boolean strict;
    private final Map<String, DroppedField> dropped = new LinkedHashMap<>();

    DroppedFields(boolean strict) {
        this.strict = strict;
    }

    void add(String thriftPath, String reason) {
        if (strict) {
            throw new Unsupported(
                    Place.UNKNOWN, thriftPath + " would be lost: " + reason, Remedy.NOT_STRICT_OR_NEWER.text());
        }
        dropped.putIfAbsent(thriftPath, new DroppedField(thriftPath, reason));
    }

    List<DroppedField> list() {
        return List.copyOf(dropped.values());
    }
}

package io.glulam.service.http;

import io.glulam.service.table.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects that the sender of a request may touch.
 *
 * @param prefixes of keys; empty for all
 */
record Access(List<String> prefixes) {
    static final Access ALL = new Access(List.of());

    Access {
        prefixes = List.copyOf(prefixes);
    }

    /** Returns whether the sender may touch the object of a key; an unknown key needs an unlimited access. */
    boolean allows(@Nullable String key) {
        if (prefixes.isEmpty()) {
            return true;
        }
        return key != null
                && prefixes.stream()
                        .anyMatch(prefix ->
                                TableName.isOne(key) ? TableName.isAllowed(key, prefix) : key.startsWith(prefix));
    }

    boolean isLimited() {
        return !prefixes.isEmpty();
    }
}

package io.glulam.compare;

import io.glulam.footer.Footer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares key-value metadata: the same keys with the same values as often, in whatever order. */
final class MetadataComparison {
    private static final int MAX_LENGTH = 60;

    private MetadataComparison() {}

    static Optional<Difference> firstDifference(Footer left, Footer right) {
        List<Map.Entry<String, @Nullable String>> lefts = sorted(left);
        List<Map.Entry<String, @Nullable String>> rights = sorted(right);
        for (int i = 0; i < Math.max(lefts.size(), rights.size()); i++) {
            if (i >= lefts.size() || i >= rights.size() || !lefts.get(i).equals(rights.get(i))) {
                return Optional.of(Difference.of(describe(lefts, i), describe(rights, i)));
            }
        }
        return Optional.empty();
    }

    private static List<Map.Entry<String, @Nullable String>> sorted(Footer footer) {
        Comparator<Map.Entry<String, @Nullable String>> byKey = Comparator.comparing(Map.Entry::getKey);
        return footer.keyValueMetadata().stream()
                .sorted(byKey.thenComparing(MetadataComparison::valueForSorting))
                .toList();
    }

    /** A missing value sorts before an empty one. */
    private static String valueForSorting(Map.Entry<String, @Nullable String> entry) {
        String value = entry.getValue();
        return value == null ? "" : "=" + value;
    }

    private static String describe(List<Map.Entry<String, @Nullable String>> entries, int index) {
        if (index >= entries.size()) {
            return "no further key-value metadata";
        }
        String value = entries.get(index).getValue();
        String shown = value == null
                ? "without value"
                : value.length() > MAX_LENGTH
                        ? "\"" + value.substring(0, MAX_LENGTH) + "\"… (" + value.length() + " characters)"
                        : "\"" + value + "\"";
        return "key-value metadata " + entries.get(index).getKey() + " " + shown;
    }
}

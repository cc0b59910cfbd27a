package io.glulam.join;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.footer.RawKeyValue;
import io.glulam.statistics.WriterFamily;
import io.glulam.statistics.WriterTrust;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The key-value metadata that an output gets of its inputs. Entries that say how values are to be read must be the same in
 * all inputs; the others go by a {@link MetadataRule}. Not thread-safe.
 */
final class MetadataAgreement {
    /** Entries without which, or with another value of which, Spark reads other dates, timestamps or INT96. */
    private static final Set<String> MEANING = Set.of(
            "org.apache.spark.legacyDateTime",
            "org.apache.spark.legacyINT96",
            "org.apache.spark.timeZone",
            "writer.time.zone");

    /** Entries that repeat the schema, and are wrong beside another one. */
    private static final Set<String> SCHEMAS = Set.of("ARROW:schema", "org.apache.spark.sql.parquet.row.metadata");

    /** Keys or fields that are named; inputs may have any number. */
    static final int MAX_NAMED = 1000;

    private final MetadataRule rule;
    private final Map<String, String> differing = new LinkedHashMap<>();
    private @Nullable Input first;
    private List<RawKeyValue> firstEntries = List.of();
    private Map<String, List<RawKeyValue>> firstByKey = Map.of();
    private SparkCalendar calendar = SparkCalendar.UNDECLARED;
    private @Nullable RawKeyValue sparkVersion;
    private @Nullable Input calendarOf;
    private @Nullable Input undeclared;

    MetadataAgreement(MetadataRule rule) {
        this.rule = rule;
    }

    /** Whether readers take values otherwise by the entry of that key. */
    static boolean tellsMeaning(String key) {
        return MEANING.contains(key) || key.equals(SparkCalendar.KEY);
    }

    /**
     * Checks an input that is to be added; nothing is noted of it.
     *
     * @throws Unsupported if its entries cannot go together with those of the inputs before
     */
    void require(Input input, Footer footer) {
        List<RawKeyValue> entries = footer.rawKeyValueMetadata();
        requireCalendar(input, footer, SparkCalendar.of(entries));
        Input known = first;
        if (known != null && !entries.equals(firstEntries)) {
            differences(byKey(entries)).forEach((key, how) -> requireMergeable(key, how, known, input));
        }
    }

    /** Adds an input that {@link #require} has let pass. */
    void add(Input input, Footer footer) {
        List<RawKeyValue> entries = footer.rawKeyValueMetadata();
        addCalendar(input, footer, entries);
        if (first == null) {
            first = input;
            firstEntries = entries;
            firstByKey = byKey(entries);
        } else if (!entries.equals(firstEntries)) {
            differences(byKey(entries)).forEach((key, how) -> {
                if (differing.size() < MAX_NAMED) {
                    differing.putIfAbsent(key, input.name() + " " + how);
                }
            });
        }
    }

    private static Map<String, List<RawKeyValue>> byKey(List<RawKeyValue> entries) {
        Map<String, List<RawKeyValue>> byKey = new LinkedHashMap<>();
        for (RawKeyValue entry : entries) {
            byKey.computeIfAbsent(entry.key(), key -> new ArrayList<>()).add(entry);
        }
        return byKey;
    }

    /** How an input's entries differ from the first input's, by key. */
    private Map<String, String> differences(Map<String, List<RawKeyValue>> entries) {
        Map<String, String> differences = new LinkedHashMap<>();
        firstByKey.forEach((key, values) -> {
            List<RawKeyValue> others = entries.get(key);
            if (!values.equals(others)) {
                differences.put(key, others == null ? "lacks it" : "has another value");
            }
        });
        for (String key : entries.keySet()) {
            if (!firstByKey.containsKey(key)) {
                differences.put(key, "alone has it");
            }
        }
        return differences;
    }

    private void requireMergeable(String key, String how, Input known, Input input) {
        if (MEANING.contains(key)) {
            throw new Unsupported(
                    Place.of(input.name()),
                    "its key-value metadata " + key + " is not that of " + known.name()
                            + ", so that the same bytes mean other dates or timestamps",
                    "merge files with the same value apart");
        }
        if (rule == MetadataRule.FAIL) {
            throw new Unsupported(
                    Place.of(input.name()),
                    "its key-value metadata " + key + " is not that of " + known.name() + ": one of them " + how(how),
                    Remedy.OTHER_METADATA_RULE.text());
        }
    }

    private static String how(String how) {
        return how.equals("has another value") ? how : "lacks it";
    }

    /**
     * Files that Spark wrote, and files that it might read in another calendar, do not go together, if a column depends on
     * the calendar.
     */
    private void requireCalendar(Input input, Footer footer, SparkCalendar here) {
        String column = SparkCalendar.dependentColumn(footer.schema());
        if (column == null) {
            return;
        }
        boolean hybridMixed =
                calendar != here && first != null && (calendar == SparkCalendar.HYBRID || here == SparkCalendar.HYBRID);
        boolean unknownMixed = calendar == SparkCalendar.PROLEPTIC && isUnknown(here, footer)
                || here == SparkCalendar.PROLEPTIC && undeclared != null;
        if (hybridMixed || unknownMixed) {
            Input other = calendarOf != null ? calendarOf : undeclared != null ? undeclared : first;
            throw new Unsupported(
                    new Place(input.name(), -1, column, -1),
                    "Spark may read its dates and timestamps in another calendar than those of "
                            + Objects.requireNonNull(other).name() + ", going by key-value metadata "
                            + SparkCalendar.KEY,
                    "merge files of Spark before 3.0, of Spark from 3.0 on, and of others apart");
        }
    }

    /** Whether parquet-java wrote the file for a program that may have used the hybrid calendar, such as Hive. */
    private static boolean isUnknown(SparkCalendar here, Footer footer) {
        return here == SparkCalendar.UNDECLARED
                && WriterTrust.of(footer.createdBy()).family() == WriterFamily.PARQUET_MR;
    }

    private void addCalendar(Input input, Footer footer, List<RawKeyValue> entries) {
        SparkCalendar here = SparkCalendar.of(entries);
        if (isUnknown(here, footer) && undeclared == null) {
            undeclared = input;
        }
        if (here != SparkCalendar.UNDECLARED && calendar == SparkCalendar.UNDECLARED) {
            calendar = here;
            calendarOf = input;
            sparkVersion = entries.stream()
                    .filter(entry -> entry.key().equals(SparkCalendar.KEY))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * The entries that the output gets.
     *
     * @param isFirstSchema whether the output has the schema of the first input
     */
    List<RawKeyValue> result(boolean isFirstSchema) {
        List<RawKeyValue> result = new ArrayList<>();
        boolean hasVersion = false;
        for (RawKeyValue entry : firstEntries) {
            boolean isVersion = entry.key().equals(SparkCalendar.KEY);
            if (!isFirstSchema && SCHEMAS.contains(entry.key())) {
                continue;
            }
            if (rule == MetadataRule.FIRST || isVersion || !differing.containsKey(entry.key())) {
                result.add(entry);
                hasVersion |= isVersion;
            }
        }
        RawKeyValue version = sparkVersion;
        if (version != null && !hasVersion) {
            result.add(version);
        }
        return List.copyOf(result);
    }

    /**
     * Returns the inputs' entries that the output does not get, each with the reason.
     *
     * @param isFirstSchema whether the output has the schema of the first input
     */
    List<String> dropped(boolean isFirstSchema) {
        List<String> dropped = new ArrayList<>();
        for (String key : firstByKey.keySet()) {
            if (!isFirstSchema && SCHEMAS.contains(key)) {
                dropped.add(
                        "key-value metadata " + key + ": it describes the schema of one input, not that of the output");
            }
        }
        differing.forEach((key, how) -> {
            if (!isFirstSchema && SCHEMAS.contains(key)) {
                if (!firstByKey.containsKey(key)) {
                    dropped.add("key-value metadata " + key + ": " + how);
                }
                return;
            }
            boolean kept = key.equals(SparkCalendar.KEY) || rule == MetadataRule.FIRST && firstByKey.containsKey(key);
            dropped.add("key-value metadata " + key + (kept ? " of later files: " : ": ") + how);
        });
        return List.copyOf(dropped);
    }
}

package io.glulam.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A setting of a compaction. This table is all that is known of settings: the flags of the command, the fields of the
 * service's API and of a saved plan follow from it, and a test holds the documentation to it. Immutable.
 */
public final class Setting<T> {
    public static final Setting<Threshold> THRESHOLD = new Setting<>(
            0,
            "threshold",
            "threshold",
            new SettingForm.Thresholds(),
            Threshold.DEFAULT,
            "2MiB",
            "Compressed size under which a row group is a fragment: a size, or auto, which grows with the file");

    public static final Setting<Long> TARGET_BYTES = new Setting<>(
            1,
            "target-size",
            "target_bytes",
            new SettingForm.WholeNumber(true, "SIZE", "the target size of a row group", 1, Long.MAX_VALUE),
            128L << 20,
            "128MiB",
            "Maximum compressed bytes of a merged row group");

    public static final Setting<Long> MAX_ROWS = new Setting<>(
            2,
            "max-rows",
            "max_rows",
            new SettingForm.WholeNumber(false, "N", "the most rows of a row group", 1, Long.MAX_VALUE),
            1L << 20,
            "1048576",
            "Maximum rows of a merged row group");

    public static final Setting<Long> PAGE_BYTES = new Setting<>(
            3,
            "page-size",
            "page_bytes",
            new SettingForm.WholeNumber(true, "SIZE", "the size of a page", 1, Integer.MAX_VALUE),
            1L << 20,
            "1MiB",
            "Target size of written pages, in uncompressed bytes");

    /**
     * Rows of a written page at most. Not offered: {@link Effort#SMALLEST} has more than the others, because narrow columns
     * compress better and are read faster in larger pages; pages of wide ones end with their bytes.
     */
    public static final Setting<Long> PAGE_ROWS = new Setting<>(
            4,
            "",
            "page_rows",
            new SettingForm.WholeNumber(false, "N", "the most rows of a page", 1, Integer.MAX_VALUE),
            20_000L,
            100_000L,
            "",
            "");

    public static final Setting<Order> ORDER = new Setting<>(
            5,
            "order",
            "order",
            new SettingForm.Word<>(Order.class, "ORDER"),
            Order.PRESERVE,
            "preserve",
            "preserve keeps the order of all rows; healthy-first keeps healthy row groups in place and puts the"
                    + " merged fragments after them");

    public static final Setting<Effort> EFFORT = new Setting<>(
            6,
            "effort",
            "effort",
            new SettingForm.Word<>(Effort.class, "EFFORT"),
            Effort.BALANCED,
            "balanced",
            "When to decode and encode values: copy, only where bytes cannot move; balanced, where samples show"
                    + " that it pays, with nothing new for readers; smallest, in everything merged");

    public static final Setting<Rewrite> REWRITE = new Setting<>(
            7,
            "rewrite",
            "rewrite",
            new SettingForm.Word<>(Rewrite.class, "WHICH"),
            Rewrite.FRAGMENTS,
            "fragments",
            "Which row groups are written again: fragments, or all that become smaller");

    /** Empty for the effort's own: each column's codec, ZSTD for {@link Effort#SMALLEST}. */
    public static final Setting<Optional<Compression>> CODEC = new Setting<>(
            8,
            "codec",
            "codec",
            new SettingForm.Codec(),
            Optional.empty(),
            "keep; zstd with effort smallest",
            "Codec of what is merged: " + Compression.FORMS);

    public static final Setting<Compatibility> WRITER_COMPAT = new Setting<>(
            9,
            "writer-compat",
            "compatibility",
            new SettingForm.Generation(),
            Compatibility.SOURCE,
            "as the file",
            "v1: only what readers of the format's first version know; v2: data pages of version 2");

    public static final Setting<List<Reader>> READERS = new Setting<>(
            10,
            "readers",
            "readers",
            new SettingForm.Readers(),
            List.of(),
            "any",
            "Engines that must be able to read what is merged, separated by commas");

    public static final Setting<Verify> VERIFY = new Setting<>(
            11,
            "verify",
            "verify",
            new SettingForm.Word<>(Verify.class, "DEPTH"),
            Verify.STRUCTURE,
            "structure",
            "How the output is verified: structure, or values, which also decodes both sides of everything merged");

    public static final Setting<Boolean> STRICT = new Setting<>(
            12,
            "strict",
            "strict",
            new SettingForm.Flag(),
            false,
            "",
            "Refuse a file whose metadata cannot all be kept, instead of dropping some of it");

    /** Uncompressed bytes of a union of dictionaries at most, unless a source's own is larger. Not offered. */
    public static final Setting<Long> DICTIONARY_CAP_BYTES = new Setting<>(
            13,
            "",
            "dictionary_cap_bytes",
            new SettingForm.WholeNumber(true, "SIZE", "the cap of a union dictionary", 0, Long.MAX_VALUE),
            1L << 20,
            "",
            "");

    /** All settings, in the order of a saved plan. */
    static final List<Setting<?>> ALL = List.of(
            THRESHOLD,
            TARGET_BYTES,
            MAX_ROWS,
            PAGE_BYTES,
            PAGE_ROWS,
            ORDER,
            EFFORT,
            REWRITE,
            CODEC,
            WRITER_COMPAT,
            READERS,
            VERIFY,
            STRICT,
            DICTIONARY_CAP_BYTES);

    private final int index;
    private final String name;
    private final String planKey;
    private final SettingForm<T> form;
    private final T usual;
    private final T usualOfSmallest;
    private final String usualText;
    private final String about;

    private Setting(
            int index, String name, String planKey, SettingForm<T> form, T usual, String usualText, String about) {
        this(index, name, planKey, form, usual, usual, usualText, about);
    }

    /**
     * @param index in {@link #ALL}
     * @param name in lower case with dashes; empty if the setting is not offered to users
     * @param planKey its field in a saved plan
     * @param usualText its default, for people
     * @param about one sentence without its end
     */
    private Setting(
            int index,
            String name,
            String planKey,
            SettingForm<T> form,
            T usual,
            T usualOfSmallest,
            String usualText,
            String about) {
        this.index = index;
        this.name = name;
        this.planKey = planKey;
        this.form = form;
        this.usual = usual;
        this.usualOfSmallest = usualOfSmallest;
        this.usualText = usualText;
        this.about = about;
    }

    /** Returns the settings that users can change. */
    public static List<Setting<?>> offered() {
        return ALL.stream().filter(setting -> !setting.name.isEmpty()).toList();
    }

    /** Returns the fields that the settings have in a saved plan, in their order. */
    public static List<String> planFields() {
        List<String> fields = new ArrayList<>();
        for (Setting<?> setting : ALL) {
            fields.addAll(setting.form.fields(setting.planKey));
        }
        return fields;
    }

    /** Returns the name, in lower case with dashes; empty if the setting is not offered to users. */
    public String name() {
        return name;
    }

    /** Returns the name as a field of JSON: {@code targetSize}. */
    public String camelCase() {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("-", -1)) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }

    /** Returns how its values are written. */
    public SettingForm<T> form() {
        return form;
    }

    /** Returns its default, for people; empty if it has none to tell. */
    public String usualText() {
        return usualText;
    }

    /** Returns what it is for, in one sentence without its end. */
    public String about() {
        return about;
    }

    int index() {
        return index;
    }

    T usual(Effort effort) {
        return effort == Effort.SMALLEST ? usualOfSmallest : usual;
    }

    /**
     * Returns settings with a value that people wrote.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is none or out of bounds
     */
    public Settings parse(String text, Settings others) {
        return others.with(this, form.parse(text));
    }

    void write(Settings settings, PlanFields.Writer out) throws IOException {
        form.write(planKey, settings.get(this), out);
    }

    Settings read(PlanFields.Reader in, Settings others) throws IOException {
        return others.with(this, form.read(planKey, in));
    }
}

package io.glulam.plan;

import io.glulam.format.CompressionCodec;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything besides the source that decides the bytes of the output: a value for each {@link Setting}. Memory, threads and
 * the folder for temporary files are not here, because they must not influence them. Immutable.
 */
public final class Settings {
    /** Entries of a dictionary that recoded values get, at most: as many as a small process can hash. */
    public static final int MAX_ENTRIES = 1 << 18;

    private static final Settings DEFAULTS = new Settings(new @Nullable Object[Setting.ALL.size()]);

    /** By the settings' indices; null for a setting's usual value. */
    private final @Nullable Object[] values;

    private final OutputForm form;

    private Settings(@Nullable Object[] values) {
        this.values = values;
        this.form = new OutputForm(get(Setting.CODEC).orElse(null), get(Setting.WRITER_COMPAT), get(Setting.READERS));
    }

    /** Returns the defaults of all settings. */
    public static Settings defaults() {
        return DEFAULTS;
    }

    /** Returns the value of a setting. */
    public <T> T get(Setting<T> setting) {
        @SuppressWarnings("unchecked") // Values are only put there by with().
        @Nullable
        T value = (T) values[setting.index()];
        if (value != null) {
            return value;
        }
        return setting.usual(setting.equals(Setting.EFFORT) ? Effort.BALANCED : effort());
    }

    /**
     * Returns these settings with another value for one.
     *
     * @throws IllegalArgumentException with a sentence for people, if the value is out of bounds
     */
    public <T> Settings with(Setting<T> setting, T value) {
        @Nullable Object[] changed = values.clone();
        changed[setting.index()] = setting.form().checked(value);
        return new Settings(changed);
    }

    static void write(Settings settings, PlanFields.Writer out) throws IOException {
        for (Setting<?> setting : Setting.ALL) {
            setting.write(settings, out);
        }
    }

    static Settings read(PlanFields.Reader in) throws IOException {
        Settings settings = DEFAULTS;
        for (Setting<?> setting : Setting.ALL) {
            settings = setting.read(in, settings);
        }
        return settings;
    }

    /** Returns how pages of merged row groups are compressed: as set, else each column's own way, ZSTD for the smallest. */
    public Compression compression() {
        Compression set = form.compression();
        if (set != null) {
            return set;
        }
        return effort() == Effort.SMALLEST ? Compression.of(CompressionCodec.ZSTD) : Compression.KEEP;
    }

    /**
     * Returns the uncompressed bytes of a dictionary that recoded values get, at most: four times the cap of unions, since
     * such a dictionary is built only where a sample shows that it pays, and no more than {@link #MAX_ENTRIES} entries.
     *
     * @param valueWidth bytes of a value; -1 where they differ
     */
    public int recodedDictionaryBytes(int valueWidth) {
        long bytes = Math.min(dictionaryCapBytes(), Integer.MAX_VALUE / 4) * 4;
        return (int) (valueWidth < 0 ? bytes : Math.min(bytes, (long) valueWidth * MAX_ENTRIES));
    }

    public Threshold threshold() {
        return get(Setting.THRESHOLD);
    }

    public long targetBytes() {
        return get(Setting.TARGET_BYTES);
    }

    public long maxRows() {
        return get(Setting.MAX_ROWS);
    }

    public int pageBytes() {
        return Math.toIntExact(get(Setting.PAGE_BYTES));
    }

    public int pageRows() {
        return Math.toIntExact(get(Setting.PAGE_ROWS));
    }

    public Order order() {
        return get(Setting.ORDER);
    }

    public Effort effort() {
        return get(Setting.EFFORT);
    }

    public Rewrite rewrite() {
        return get(Setting.REWRITE);
    }

    /** Returns in which form pages are written, and for whom. */
    public OutputForm form() {
        return form;
    }

    public Verify verify() {
        return get(Setting.VERIFY);
    }

    public boolean strict() {
        return get(Setting.STRICT);
    }

    public long dictionaryCapBytes() {
        return get(Setting.DICTIONARY_CAP_BYTES);
    }

    public Settings withThreshold(Threshold other) {
        return with(Setting.THRESHOLD, other);
    }

    public Settings withTargetBytes(long other) {
        return with(Setting.TARGET_BYTES, other);
    }

    public Settings withMaxRows(long other) {
        return with(Setting.MAX_ROWS, other);
    }

    public Settings withPages(int bytes, int rows) {
        return with(Setting.PAGE_BYTES, (long) bytes).with(Setting.PAGE_ROWS, (long) rows);
    }

    public Settings withOrder(Order other) {
        return with(Setting.ORDER, other);
    }

    public Settings withEffort(Effort other) {
        return with(Setting.EFFORT, other);
    }

    public Settings withRewrite(Rewrite other) {
        return with(Setting.REWRITE, other);
    }

    public Settings withForm(OutputForm other) {
        return with(Setting.CODEC, Optional.ofNullable(other.compression()))
                .with(Setting.WRITER_COMPAT, other.compatibility())
                .with(Setting.READERS, other.readers());
    }

    public Settings withVerify(Verify other) {
        return with(Setting.VERIFY, other);
    }

    public Settings withStrict(boolean other) {
        return with(Setting.STRICT, other);
    }

    public Settings withDictionaryCapBytes(long other) {
        return with(Setting.DICTIONARY_CAP_BYTES, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Settings that)) {
            return false;
        }
        for (Setting<?> setting : Setting.ALL) {
            if (!get(setting).equals(that.get(setting))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Setting<?> setting : Setting.ALL) {
            hash = 31 * hash + get(setting).hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Settings");
        for (Setting<?> setting : Setting.ALL) {
            text.append(' ').append(get(setting));
        }
        return text.toString();
    }
}

package io.glulam.plan;

import io.glulam.format.CompressionCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The written form of a setting's values: by people, in JSON, in a saved plan. Immutable. */
public abstract class SettingForm<T> {
    /** The JSON values that stand for a setting's. */
    public enum Json {
        TEXT,
        NUMBER,
        TEXT_OR_NUMBER,
        FLAG,
        LIST
    }

    private final Json json;
    private final String label;
    private final List<String> words;

    private SettingForm(Json json, String label, List<String> words) {
        this.json = json;
        this.label = label;
        this.words = List.copyOf(words);
    }

    /** Returns the JSON values that stand for this setting's. */
    public Json json() {
        return json;
    }

    /** Returns a name for the value, in upper case. */
    public String label() {
        return label;
    }

    /** Returns the words that a value, or an element of a list, must be; empty if there are other values. */
    public List<String> words() {
        return words;
    }

    /**
     * Reads a value as people write it; the elements of a list are separated by commas.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is none
     */
    public abstract T parse(String text);

    /**
     * Returns the one form of a value.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is out of bounds
     */
    T checked(T value) {
        return value;
    }

    /** Returns the fields of a saved plan that hold a value. */
    List<String> fields(String key) {
        return List.of(key);
    }

    abstract void write(String key, T value, PlanFields.Writer out) throws IOException;

    abstract T read(String key, PlanFields.Reader in) throws IOException;

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> wordsOf(Enum<?>[] constants) {
        return Arrays.stream(constants).map(SettingForm::word).toList();
    }

    /** A whole number within bounds: of bytes, which people write with a unit, or of other things. */
    static final class WholeNumber extends SettingForm<Long> {
        private final boolean bytes;
        private final String subject;
        private final long min;
        private final long max;

        /** @param subject of the sentence that refuses a number */
        WholeNumber(boolean bytes, String label, String subject, long min, long max) {
            super(bytes ? Json.TEXT_OR_NUMBER : Json.NUMBER, label, List.of());
            this.bytes = bytes;
            this.subject = subject;
            this.min = min;
            this.max = max;
        }

        @Override
        public Long parse(String text) {
            if (bytes) {
                return positiveSize(text);
            }
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
            }
        }

        @Override
        Long checked(Long value) {
            if (value < min) {
                throw new IllegalArgumentException(subject + " must be at least " + min + ", not " + value);
            }
            if (value > max) {
                throw new IllegalArgumentException(subject + " must be at most " + max + ", not " + value);
            }
            return value;
        }

        @Override
        void write(String key, Long value, PlanFields.Writer out) throws IOException {
            out.number(key, value);
        }

        @Override
        Long read(String key, PlanFields.Reader in) throws IOException {
            return in.number(key, max);
        }
    }

    private static long positiveSize(String text) {
        long size = Units.parseSize(text);
        if (size < 1) {
            throw new IllegalArgumentException("'" + text + "' is not above 0");
        }
        return size;
    }

    /** A threshold: a size, or {@code auto}. */
    static final class Thresholds extends SettingForm<Threshold> {
        private static final String AUTO = "auto";

        Thresholds() {
            super(Json.TEXT_OR_NUMBER, "SIZE", List.of());
        }

        @Override
        public Threshold parse(String text) {
            return text.equalsIgnoreCase(AUTO) ? Threshold.AUTO : new Threshold.Fixed(positiveSize(text));
        }

        @Override
        void write(String key, Threshold value, PlanFields.Writer out) throws IOException {
            if (value instanceof Threshold.Fixed fixed) {
                out.number(key, fixed.bytes());
            } else {
                out.text(key, AUTO);
            }
        }

        @Override
        Threshold read(String key, PlanFields.Reader in) throws IOException {
            String text = in.textOrNumber(key);
            if (text.equals(AUTO)) {
                return Threshold.AUTO;
            }
            try {
                return new Threshold.Fixed(Long.parseLong(text));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("a threshold that is neither a number of bytes nor \"auto\"", e);
            }
        }
    }

    /** A constant, in lower case with dashes. */
    static final class Word<E extends Enum<E>> extends SettingForm<E> {
        private final Class<E> type;

        Word(Class<E> type, String label) {
            super(Json.TEXT, label, wordsOf(type.getEnumConstants()));
            this.type = type;
        }

        @Override
        public E parse(String text) {
            for (E constant : type.getEnumConstants()) {
                if (word(constant).equals(text.toLowerCase(Locale.ROOT))) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", words()));
        }

        @Override
        void write(String key, E value, PlanFields.Writer out) throws IOException {
            out.text(key, value.name());
        }

        @Override
        E read(String key, PlanFields.Reader in) throws IOException {
            return in.constant(key, in.text(key), type);
        }
    }

    /** True or false. */
    static final class Flag extends SettingForm<Boolean> {
        Flag() {
            super(Json.FLAG, "", List.of());
        }

        @Override
        public Boolean parse(String text) {
            return Boolean.parseBoolean(text);
        }

        @Override
        void write(String key, Boolean value, PlanFields.Writer out) throws IOException {
            out.flag(key, value);
        }

        @Override
        Boolean read(String key, PlanFields.Reader in) throws IOException {
            return in.flag(key);
        }
    }

    /** Engines, each named once. */
    static final class Readers extends SettingForm<List<Reader>> {
        Readers() {
            super(
                    Json.LIST,
                    "ENGINE",
                    Arrays.stream(Reader.values()).map(Reader::title).toList());
        }

        @Override
        public List<Reader> parse(String text) {
            List<Reader> readers = new ArrayList<>();
            for (String title : text.split(",", -1)) {
                readers.add(Reader.parse(title));
            }
            return readers;
        }

        @Override
        List<Reader> checked(List<Reader> value) {
            return value.stream().distinct().sorted().toList();
        }

        @Override
        void write(String key, List<Reader> value, PlanFields.Writer out) throws IOException {
            out.list(key, value.stream().map(Reader::name).toList());
        }

        @Override
        List<Reader> read(String key, PlanFields.Reader in) throws IOException {
            List<Reader> readers = new ArrayList<>();
            for (String name : in.list(key, Reader.values().length)) {
                readers.add(in.constant("reader", name, Reader.class));
            }
            return readers;
        }
    }

    /** A codec with its level; empty for the effort's own. */
    static final class Codec extends SettingForm<Optional<Compression>> {
        private static final String DEFAULT = "DEFAULT";
        private static final String KEEP = "KEEP";
        private static final String LEVEL = "_level";

        Codec() {
            super(Json.TEXT, "CODEC", List.of());
        }

        @Override
        public Optional<Compression> parse(String text) {
            return Optional.of(Compression.parse(text));
        }

        @Override
        void write(String key, Optional<Compression> value, PlanFields.Writer out) throws IOException {
            out.text(key, value.map(Codec::name).orElse(DEFAULT));
            out.number(key + LEVEL, value.map(Compression::level).orElse(0));
        }

        @Override
        List<String> fields(String key) {
            return List.of(key, key + LEVEL);
        }

        private static String name(Compression compression) {
            return compression.codec() == null ? KEEP : compression.codec().name();
        }

        @Override
        Optional<Compression> read(String key, PlanFields.Reader in) throws IOException {
            String name = in.text(key);
            int level = (int) in.number(key + LEVEL, Compression.MAX_LEVEL);
            if (name.equals(DEFAULT)) {
                return Optional.empty();
            }
            return Optional.of(
                    new Compression(name.equals(KEEP) ? null : in.constant(key, name, CompressionCodec.class), level));
        }
    }

    /** A generation of readers: {@code v1} or {@code v2}; that of the source has no word. */
    static final class Generation extends SettingForm<Compatibility> {
        Generation() {
            super(Json.TEXT, "VERSION", List.of("v1", "v2"));
        }

        @Override
        public Compatibility parse(String text) {
            return Compatibility.parse(text);
        }

        @Override
        void write(String key, Compatibility value, PlanFields.Writer out) throws IOException {
            out.text(key, value.name());
        }

        @Override
        Compatibility read(String key, PlanFields.Reader in) throws IOException {
            return in.constant(key, in.text(key), Compatibility.class);
        }
    }
}

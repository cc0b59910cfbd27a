package io.glulam.policy;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.Compatibility;
import io.glulam.plan.Effort;
import io.glulam.plan.Recoding;
import io.glulam.plan.Settings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which encodings a column may be recoded in. Unless the smallest is wanted, readers are not asked for more than the
 * file asks of them already: its own encodings, PLAIN, dictionary, and RLE for booleans where its pages are of version 2.
 */
public final class EncodingPolicy {
    private EncodingPolicy() {}

    /** The column's own encodings as far as they may be written, else PLAIN: what is taken where nothing is sampled. */
    public static Recoding own(ColumnFacts facts, Settings settings) {
        Encoding values = Encoding.PLAIN;
        boolean indexed = false;
        for (Encoding encoding : Encoding.values()) {
            if (!facts.encodings().contains(encoding.value())) {
                continue;
            }
            indexed |= encoding.isDictionary();
            if (values == Encoding.PLAIN && !encoding.isDictionary() && isWritable(encoding, facts, settings)) {
                values = encoding;
            }
        }
        return new Recoding(
                values, indexed && facts.dictionaryPossible() ? indices(facts, facts.encodings(), settings) : null);
    }

    /**
     * What may be chosen from, in a fixed order: without dictionary first, PLAIN foremost.
     *
     * @param fileEncodings Thrift values of the encodings that the file as a whole uses
     */
    public static List<Recoding> candidates(ColumnFacts facts, Set<Integer> fileEncodings, Settings settings) {
        List<Recoding> candidates = new ArrayList<>();
        for (Encoding encoding : encodingsOf(facts.type())) {
            if (isConsidered(encoding, facts, fileEncodings, settings) && isWritable(encoding, facts, settings)) {
                candidates.add(new Recoding(encoding, null));
            }
        }
        if (facts.dictionaryPossible()) {
            candidates.add(new Recoding(Encoding.PLAIN, indices(facts, fileEncodings, settings)));
        }
        return candidates;
    }

    private static boolean isConsidered(
            Encoding encoding, ColumnFacts facts, Set<Integer> fileEncodings, Settings settings) {
        if (encoding == Encoding.PLAIN || facts.encodings().contains(encoding.value())) {
            return true;
        }
        if (settings.effort() == Effort.SMALLEST) {
            // For other types since version 2.11 of the format: few readers follow.
            return encoding != Encoding.BYTE_STREAM_SPLIT || isFloatingPoint(facts.type());
        }
        // Levels are RLE everywhere, so that a footer that lists it does not say that readers know RLE booleans.
        return encoding == Encoding.RLE ? facts.pageVersions().contains(2) : fileEncodings.contains(encoding.value());
    }

    private static boolean isFloatingPoint(PhysicalType type) {
        return type == PhysicalType.FLOAT || type == PhysicalType.DOUBLE;
    }

    private static boolean isWritable(Encoding encoding, ColumnFacts facts, Settings settings) {
        return encodingsOf(facts.type()).contains(encoding)
                && !facts.misreadEncodings().contains(encoding.value())
                && settings.form().allows(encoding, facts.type());
    }

    /** What a type's values can be written in besides a dictionary (specification: Encodings). */
    static Set<Encoding> encodingsOf(PhysicalType type) {
        return switch (type) {
            case BOOLEAN -> EnumSet.of(Encoding.PLAIN, Encoding.RLE);
            case INT32, INT64 -> EnumSet.of(Encoding.PLAIN, Encoding.DELTA_BINARY_PACKED, Encoding.BYTE_STREAM_SPLIT);
            case FLOAT, DOUBLE -> EnumSet.of(Encoding.PLAIN, Encoding.BYTE_STREAM_SPLIT);
            case BYTE_ARRAY -> EnumSet.of(Encoding.PLAIN, Encoding.DELTA_LENGTH_BYTE_ARRAY, Encoding.DELTA_BYTE_ARRAY);
            case FIXED_LEN_BYTE_ARRAY ->
                EnumSet.of(Encoding.PLAIN, Encoding.DELTA_BYTE_ARRAY, Encoding.BYTE_STREAM_SPLIT);
            case INT96 -> EnumSet.of(Encoding.PLAIN);
        };
    }

    /** As the file says it; PLAIN_DICTIONARY for readers of the format's first version. */
    private static Encoding indices(ColumnFacts facts, Set<Integer> fileEncodings, Settings settings) {
        if (settings.form().compatibility() == Compatibility.V1) {
            return Encoding.PLAIN_DICTIONARY;
        }
        if (settings.form().compatibility() == Compatibility.V2) {
            return Encoding.RLE_DICTIONARY;
        }
        boolean old = facts.encodings().contains(Encoding.PLAIN_DICTIONARY.value())
                || fileEncodings.contains(Encoding.PLAIN_DICTIONARY.value());
        return old && !facts.encodings().contains(Encoding.RLE_DICTIONARY.value())
                ? Encoding.PLAIN_DICTIONARY
                : Encoding.RLE_DICTIONARY;
    }
}

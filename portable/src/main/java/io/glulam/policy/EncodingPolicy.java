package io.glulam.policy;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.Compatibility;
import io.glulam.plan.Effort;
import io.glulam.plan.Recoding;
import io.glulam.plan.Settings;
import java.util.ArrayList;
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
            if (!facts.pages().encodings().contains(encoding.value())) {
                continue;
            }
            indexed |= encoding.isDictionary();
            if (values == Encoding.PLAIN && !encoding.isDictionary() && isWritable(encoding, facts, settings)) {
                values = encoding;
            }
        }
        return new Recoding(
                values,
                indexed && facts.dictionaries().possible()
                        ? indices(facts, facts.pages().encodings(), settings)
                        : null);
    }

    /**
     * Returns the encodings to choose from, in a fixed order: without dictionary first, PLAIN foremost.
     *
     * @param fileEncodings Thrift values of the encodings that the file as a whole uses
     */
    public static List<Recoding> candidates(ColumnFacts facts, Set<Integer> fileEncodings, Settings settings) {
        List<Recoding> candidates = new ArrayList<>();
        for (Encoding encoding : Encoding.values()) {
            if (isConsidered(encoding, facts, fileEncodings, settings) && isWritable(encoding, facts, settings)) {
                candidates.add(new Recoding(encoding, null));
            }
        }
        if (facts.dictionaries().possible()) {
            candidates.add(new Recoding(Encoding.PLAIN, indices(facts, fileEncodings, settings)));
        }
        return candidates;
    }

    private static boolean isConsidered(
            Encoding encoding, ColumnFacts facts, Set<Integer> fileEncodings, Settings settings) {
        if (encoding == Encoding.PLAIN || facts.pages().encodings().contains(encoding.value())) {
            return true;
        }
        if (encoding == Encoding.BYTE_STREAM_SPLIT && !isFloatingPoint(facts.type())) {
            // Since version 2.11 of the format: a file's byte streams of floating-point numbers do not say that its
            // readers
            // know those of other types.
            return false;
        }
        if (settings.effort() == Effort.SMALLEST) {
            return true;
        }
        // Levels are RLE everywhere, so that a footer that lists it does not say that readers know RLE booleans.
        return encoding == Encoding.RLE
                ? facts.pages().versions().contains(2)
                : fileEncodings.contains(encoding.value());
    }

    private static boolean isFloatingPoint(PhysicalType type) {
        return type == PhysicalType.FLOAT || type == PhysicalType.DOUBLE;
    }

    private static boolean isWritable(Encoding encoding, ColumnFacts facts, Settings settings) {
        return !encoding.isDictionary()
                && encoding.isFor(facts.type())
                && !facts.quirks().misreadEncodings().contains(encoding.value())
                && settings.form().allows(encoding, facts.type());
    }

    /** As the file says it; PLAIN_DICTIONARY for readers of the format's first version. */
    private static Encoding indices(ColumnFacts facts, Set<Integer> fileEncodings, Settings settings) {
        if (settings.form().compatibility() == Compatibility.V1) {
            return Encoding.PLAIN_DICTIONARY;
        }
        if (settings.form().compatibility() == Compatibility.V2) {
            return Encoding.RLE_DICTIONARY;
        }
        boolean old = facts.pages().encodings().contains(Encoding.PLAIN_DICTIONARY.value())
                || fileEncodings.contains(Encoding.PLAIN_DICTIONARY.value());
        return old && !facts.pages().encodings().contains(Encoding.RLE_DICTIONARY.value())
                ? Encoding.PLAIN_DICTIONARY
                : Encoding.RLE_DICTIONARY;
    }
}

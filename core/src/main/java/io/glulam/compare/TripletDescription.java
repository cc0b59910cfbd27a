package io.glulam.compare;

import io.glulam.decode.ByteSlice;
import io.glulam.decode.TripletReader;
import io.glulam.format.Leaf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A triplet for people: the value so that different bits look different, and the levels where there are any. */
final class TripletDescription {
    private static final int MAX_LENGTH = 40;

    private TripletDescription() {}

    static String of(Leaf leaf, TripletReader triplet) {
        String value = triplet.isNull() ? "null" : value(leaf, triplet);
        if (leaf.maxRepetitionLevel() > 0) {
            return value + " at repetition level " + triplet.repetitionLevel() + ", definition level "
                    + triplet.definitionLevel();
        }
        return leaf.maxDefinitionLevel() > 1 ? value + " at definition level " + triplet.definitionLevel() : value;
    }

    private static String value(Leaf leaf, TripletReader triplet) {
        long bits = triplet.bits();
        return switch (leaf.type()) {
            case BOOLEAN -> Boolean.toString(bits != 0);
            case INT32, INT64 -> Long.toString(bits);
            case FLOAT -> "%s (0x%08x)".formatted(Float.intBitsToFloat((int) bits), (int) bits);
            case DOUBLE -> "%s (0x%016x)".formatted(Double.longBitsToDouble(bits), bits);
            case BYTE_ARRAY -> text(triplet.bytes());
            case INT96, FIXED_LEN_BYTE_ARRAY -> hex(triplet.bytes());
        };
    }

    private static String text(ByteSlice value) {
        if (value.length() > MAX_LENGTH) {
            return hex(value);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.array(), value.from(), value.length()))
                    .toString();
            return text.codePoints().anyMatch(Character::isISOControl) ? hex(value) : '"' + text + '"';
        } catch (CharacterCodingException notText) {
            return hex(value);
        }
    }

    private static String hex(ByteSlice value) {
        int shown = Math.min(value.length(), MAX_LENGTH);
        String digits = HexFormat.of().formatHex(value.array(), value.from(), value.from() + shown);
        return "0x" + digits + (shown < value.length() ? "… (" + value.length() + " bytes)" : "");
    }
}

package io.glulam.schema;

import io.glulam.format.PhysicalType;
import org.jspecify.annotations.Nullable;

/** Which of two leaf types holds all values of both, without loss. */
final class WiderType {
    private static final int INT_BITS = 32;
    private static final int LONG_BITS = 64;

    private WiderType() {}

    /** Returns the wider of two leaves, the first if they are as wide; null if neither holds the values of the other. */
    static @Nullable Element of(Element first, Element second) {
        return holdsAll(first, second) ? first : holdsAll(second, first) ? second : null;
    }

    /** Whether the first leaf's type holds all values of the second's. */
    static boolean holdsAll(Element first, Element second) {
        Meaning a = Meaning.of(first);
        Meaning b = Meaning.of(second);
        if (a.isDecimal() && b.isDecimal()) {
            return a.type().scale() == b.type().scale()
                    && a.type().precision() >= b.type().precision();
        }
        if (isFloating(first, a) && isFloating(second, b)) {
            return bytes(first) >= bytes(second);
        }
        int others = signedBits(second, b);
        return others > 0 && signedBits(first, a) >= others;
    }

    private static boolean isFloating(Element leaf, Meaning meaning) {
        PhysicalType type = leaf.node().type();
        return meaning.isNone() && (type == PhysicalType.FLOAT || type == PhysicalType.DOUBLE);
    }

    private static int bytes(Element leaf) {
        return leaf.node().type() == PhysicalType.DOUBLE ? Double.BYTES : Float.BYTES;
    }

    /** Bits of the signed integers that a column holds; 0 if it holds something else. */
    private static int signedBits(Element leaf, Meaning meaning) {
        PhysicalType type = leaf.node().type();
        if (type == PhysicalType.INT64) {
            return meaning.isNone() || meaning.signedBits() == LONG_BITS ? LONG_BITS : 0;
        }
        if (type != PhysicalType.INT32) {
            return 0;
        }
        int bits = meaning.isNone() ? INT_BITS : meaning.signedBits();
        return bits <= INT_BITS ? bits : 0;
    }
}

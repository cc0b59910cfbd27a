package io.glulam.statistics;

/**
 * Whether bounds that two writers' structs state of the same values can both be true. Each is the least or greatest value
 * itself; of byte strings it may be cut: a lower bound to a prefix, an upper one to a prefix whose last character was
 * raised (specification: {@code is_max_value_exact}, {@code ColumnIndex}).
 */
final class BoundAgreement {
    /** Bytes of the longest UTF-8 character: raising the last one may change so many. */
    private static final int CHARACTER = 4;

    private final ValueOrder order;

    BoundAgreement(ValueOrder order) {
        this.order = order;
    }

    /** Whether both can be the least of the same values. */
    boolean sameLower(byte[] left, byte[] right) {
        return order.compare(left, right) == 0 || isPrefix(left, right) || isPrefix(right, left);
    }

    /** Whether both can be the greatest of the same values. */
    boolean sameUpper(byte[] left, byte[] right) {
        return order.compare(left, right) == 0 || isRaisedPrefix(left, right) || isRaisedPrefix(right, left);
    }

    /** Whether {@code lower}, the least of some values, can be among values whose least is {@code bound}. */
    boolean isWithinLower(byte[] lower, byte[] bound) {
        return order.compare(lower, bound) >= 0 || isPrefix(lower, bound);
    }

    /** Whether {@code upper}, the greatest of some values, can be among values whose greatest is {@code bound}. */
    boolean isWithinUpper(byte[] upper, byte[] bound) {
        return order.compare(upper, bound) <= 0 || isRaisedPrefix(upper, bound);
    }

    private boolean isPrefix(byte[] cut, byte[] whole) {
        return order.isBytewise() && cut.length < whole.length && mismatch(cut, whole) == cut.length;
    }

    private boolean isRaisedPrefix(byte[] cut, byte[] whole) {
        if (!order.isBytewise() || cut.length >= whole.length) {
            return false;
        }
        int at = mismatch(cut, whole);
        return at > 0
                && at < cut.length
                && at >= cut.length - CHARACTER
                && Byte.compareUnsigned(cut[at], whole[at]) > 0;
    }

    /** Index of the first byte that differs; the shorter one's length if none does. */
    private static int mismatch(byte[] left, byte[] right) {
        int common = Math.min(left.length, right.length);
        int at = 0;
        while (at < common && left[at] == right[at]) {
            at++;
        }
        return at;
    }
}

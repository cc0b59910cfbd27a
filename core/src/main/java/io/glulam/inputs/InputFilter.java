package io.glulam.inputs;

import io.glulam.inputs.PassedOver.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which files are taken, by what is known of them without opening them.
 *
 * @param newest files that were modified later are passed over; null for none
 * @param maxBytes files that are not smaller are passed over; {@link Long#MAX_VALUE} for none
 */
public record InputFilter(@Nullable Instant newest, long maxBytes) {
    /** Takes every file. */
    public static final InputFilter ALL = new InputFilter(null, Long.MAX_VALUE);

    /** Returns why a file is not taken; null if it is. */
    @Nullable
    Reason reason(long bytes, Instant modified) {
        if (newest != null && modified.isAfter(newest)) {
            return Reason.YOUNG;
        }
        return bytes >= maxBytes ? Reason.LARGE : null;
    }
}

package io.glulam.join;

import io.glulam.footer.Footer;
import io.glulam.statistics.WriterTrust;
import io.glulam.storage.StatedWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The writers of a joined file's inputs, as far as they are trusted otherwise than the one whose name the file bears. */
final class InputWriters {
    private final WriterTrust named;
    private final int inputs;
    private final Map<StatedWriter, StatedWriter> known = new HashMap<>();
    /** Of each input; null where it is trusted as the one that is named. Empty as long as all are. */
    private @Nullable StatedWriter[] each = {};

    /** @param named what readers take for granted of the joined file */
    InputWriters(int inputs, WriterTrust named) {
        this.inputs = inputs;
        this.named = named;
    }

    void set(int input, Footer footer) {
        WriterTrust own = NewTrust.of(footer);
        if (own.isLike(named)) {
            return;
        }
        if (each.length == 0) {
            each = new StatedWriter[inputs];
        }
        StatedWriter stated = new StatedWriter(own.createdBy(), own.columnOrdersDeclared());
        each[input] = known.computeIfAbsent(stated, first -> first);
    }

    @Nullable
    StatedWriter of(int input) {
        return each.length == 0 ? null : each[input];
    }
}

package io.glulam.cli.compact;

import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;
import io.glulam.storage.RequestKind;
import io.glulam.storage.Traffic;
import java.util.StringJoiner;

/** Tells people what was, or will be, asked of stores. */
public final class TrafficText {
    private final Output out;
    private final Traffic traffic;

    public TrafficText(Output out, Traffic traffic) {
        this.out = out;
        this.traffic = traffic;
    }

    /** Prints bytes and requests, two lines. */
    public void print() {
        out.line("  " + Units.size(traffic.downloaded()) + " down, " + Units.size(traffic.uploaded()) + " up, "
                + Units.size(traffic.copied()) + " copied inside the store");
        StringJoiner requests = new StringJoiner(", ");
        long all = 0;
        for (RequestKind kind : RequestKind.values()) {
            long count = traffic.count(kind);
            all += count;
            if (count > 0) {
                requests.add(Units.count(count) + " " + Texts.word(kind));
            }
        }
        out.line("  " + Texts.count(all, "request") + ": " + requests);
    }
}

package io.glulam.cli.compact;

import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;
import io.glulam.s3.PriceList;
import io.glulam.storage.Traffic;
import java.time.Duration;
import java.util.Locale;

/** Tells people what carrying out a plan will take of a store: requests, bytes, money, time. */
public final class ForecastText {
    /** The latency of a request, a few being under way at once. */
    private static final double SECONDS_PER_REQUEST = 0.05;

    private static final int AT_ONCE = 4;

    private final Output out;
    private final Traffic traffic;
    private final PriceList prices;

    public ForecastText(Output out, Traffic traffic, PriceList prices) {
        this.out = out;
        this.traffic = traffic;
        this.prices = prices;
    }

    /**
     * Prints the forecast.
     *
     * @param bytesPerSecond of the network, in both directions together
     */
    public void print(long bytesPerSecond) {
        print("Estimated requests and bytes, if done in place:", bytesPerSecond);
    }

    /**
     * Prints the forecast.
     *
     * @param title the line above it
     * @param bytesPerSecond of the network, in both directions together
     */
    public void print(String title, long bytesPerSecond) {
        out.line();
        out.line(title);
        new TrafficText(out, traffic).print();
        out.line(String.format(
                Locale.ROOT,
                "  $%.6f for the requests by %s's list%s",
                prices.requests(traffic),
                prices.name(),
                prices.egress() == 0
                        ? ", nothing for the bytes"
                        : String.format(
                                Locale.ROOT,
                                "; outside of its network also $%.4f for what is downloaded",
                                prices.egress(traffic))));
        long requests =
                traffic.requests().values().stream().mapToLong(Long::longValue).sum();
        double seconds = (double) (traffic.downloaded() + traffic.uploaded()) / bytesPerSecond
                + requests * SECONDS_PER_REQUEST / AT_ONCE;
        out.line("  about " + Texts.duration(Duration.ofMillis((long) (seconds * 1000))) + " at "
                + Units.size(bytesPerSecond) + "/s and 50 ms a request");
    }
}

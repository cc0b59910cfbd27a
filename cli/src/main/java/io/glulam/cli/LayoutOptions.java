package io.glulam.cli;

import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Verify;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that decide the bytes of the output; a saved plan holds them already. */
final class LayoutOptions {
    @Option(
            names = "--threshold",
            paramLabel = "SIZE",
            description = "Under which compressed size a row group is a fragment: a size, or auto (default: 2MiB).")
    private @Nullable Threshold threshold;

    @Option(
            names = "--target-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Most compressed bytes of a merged row group (default: 128MiB).")
    private @Nullable Long targetBytes;

    @Option(names = "--max-rows", paramLabel = "N", description = "Most rows of a merged row group (default: 1048576).")
    private @Nullable Long maxRows;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "preserve keeps the order of all rows (default); healthy-first keeps the healthy row groups"
                    + " and puts all fragments, merged, behind them.")
    private @Nullable Order order;

    @Option(
            names = "--effort",
            paramLabel = "EFFORT",
            description = "How far to go beyond moving bytes: copy, only where it must; balanced, where samples"
                    + " show that it pays, asking no more of readers (default); smallest, everything merged is"
                    + " recoded as small as can be.")
    private @Nullable Effort effort;

    @Option(
            names = "--verify",
            paramLabel = "DEPTH",
            description = "How the output is proven: structure (default), or values, which also decodes both sides of"
                    + " everything merged.")
    private @Nullable Verify verify;

    @Option(
            names = "--strict",
            description = "Refuse a file whose metadata cannot all be carried along, instead of dropping it with a"
                    + " word.")
    private boolean strict;

    @Mixin
    private FormOptions form = new FormOptions();

    /** Whether any is given. */
    boolean anyGiven() {
        return threshold != null
                || targetBytes != null
                || maxRows != null
                || order != null
                || effort != null
                || verify != null
                || strict
                || form.anyGiven();
    }

    /**
     * The settings they make.
     *
     * @throws IllegalArgumentException with a sentence for people, if they are out of bounds
     */
    Settings settings() {
        Settings settings = form.applyTo(Settings.defaults().withStrict(strict));
        settings = threshold == null ? settings : settings.withThreshold(threshold);
        settings = targetBytes == null ? settings : settings.withTargetBytes(targetBytes);
        settings = maxRows == null ? settings : settings.withMaxRows(maxRows);
        settings = order == null ? settings : settings.withOrder(order);
        settings = effort == null ? settings : settings.withEffort(effort);
        return verify == null ? settings : settings.withVerify(verify);
    }
}

package io.glulam.cli;

import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Verify;
import picocli.CommandLine.Model.CommandSpec;

/** The options that decide the bytes of the output; a saved plan holds them already. */
final class LayoutOptions implements CommandPart {
    private final Value<Threshold> threshold = Value.option(
            Words.THRESHOLD,
            "SIZE",
            "Under which compressed size a row group is a fragment: a size, or auto (default: 2MiB).",
            "--threshold");

    private final Value<Long> targetBytes = Value.option(
            Words.SIZE, "SIZE", "Most compressed bytes of a merged row group (default: 128MiB).", "--target-size");

    private final Value<Long> maxRows =
            Value.option(Kind.LONG, "N", "Most rows of a merged row group (default: 1048576).", "--max-rows");

    private final Value<Order> order = Value.option(
            Words.constant(Order.class),
            "ORDER",
            "preserve keeps the order of all rows (default); healthy-first keeps the healthy row groups"
                    + " and puts all fragments, merged, behind them.",
            "--order");

    private final Value<Effort> effort = Value.option(
            Words.constant(Effort.class),
            "EFFORT",
            "How far to go beyond moving bytes: copy, only where it must; balanced, where samples"
                    + " show that it pays, asking no more of readers (default); smallest, everything merged is"
                    + " recoded as small as can be.",
            "--effort");

    private final Value<Verify> verify = Value.option(
            Words.constant(Verify.class),
            "DEPTH",
            "How the output is proven: structure (default), or values, which also decodes both sides of"
                    + " everything merged.",
            "--verify");

    private final Flag strict = new Flag(
            "Refuse a file whose metadata cannot all be carried along, instead of dropping it with a word.",
            "--strict");

    private final FormOptions form = new FormOptions();

    @Override
    public void addTo(CommandSpec spec) {
        threshold.addTo(spec);
        targetBytes.addTo(spec);
        maxRows.addTo(spec);
        order.addTo(spec);
        effort.addTo(spec);
        verify.addTo(spec);
        strict.addTo(spec);
        form.addTo(spec);
    }

    /** Whether any is given. */
    boolean anyGiven() {
        return threshold.isGiven()
                || targetBytes.isGiven()
                || maxRows.isGiven()
                || order.isGiven()
                || effort.isGiven()
                || verify.isGiven()
                || strict.isGiven()
                || form.anyGiven();
    }

    /**
     * The settings they make.
     *
     * @throws IllegalArgumentException with a sentence for people, if they are out of bounds
     */
    Settings settings() {
        Settings settings = form.applyTo(Settings.defaults().withStrict(strict.isGiven()));
        settings = threshold.isGiven() ? settings.withThreshold(threshold.required()) : settings;
        settings = targetBytes.isGiven() ? settings.withTargetBytes(targetBytes.required()) : settings;
        settings = maxRows.isGiven() ? settings.withMaxRows(maxRows.required()) : settings;
        settings = order.isGiven() ? settings.withOrder(order.required()) : settings;
        settings = effort.isGiven() ? settings.withEffort(effort.required()) : settings;
        return verify.isGiven() ? settings.withVerify(verify.required()) : settings;
    }
}

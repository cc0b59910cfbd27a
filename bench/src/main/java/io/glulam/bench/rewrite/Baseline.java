package io.glulam.bench.rewrite;

/**
 * Whom all contenders of a set are compared with, in a column of its own.
 *
 * @param contender one of the set
 * @param heading of the column, Markdown
 * @param faster whether the column says how many times as fast, instead of how many times as long
 */
record Baseline(Contender contender, String heading, boolean faster) {
    static Baseline timesAsLong(Contender contender) {
        return new Baseline(contender, "÷ " + contender.name(), false);
    }

    static Baseline timesAsFast(Contender contender) {
        return new Baseline(contender, "times as fast as " + contender.name(), true);
    }
}

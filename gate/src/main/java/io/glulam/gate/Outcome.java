package io.glulam.gate;

/**
 * What became of a mutation.
 *
 * @param verdict what its tests did
 * @param detail the test that failed, or what is wrong
 * @param seconds that compiling and testing took
 */
record Outcome(Mutation mutation, Verdict verdict, String detail, double seconds) {
    /** The kinds of outcomes. */
    enum Verdict {
        /** A test failed, as it must. */
        KILLED,
        /** All tests passed: the fix is not guarded. */
        SURVIVED,
        /** The mutation cannot be applied, compiled or tested: the list must be mended. */
        ERROR
    }

    boolean isGood() {
        return verdict == Verdict.KILLED;
    }
}

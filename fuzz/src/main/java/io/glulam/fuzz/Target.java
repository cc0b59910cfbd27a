package io.glulam.fuzz;

/** What a fuzzer calls with one input after another. Whatever it throws is a finding. */
@FunctionalInterface
public interface Target {
    /** Tries one input. */
    void run(byte[] input) throws Exception;
}

package io.glulam.gate;

import java.util.List;

/**
 * A change of the code that takes a fix out.
 *
 * @param title the fault that comes back, as a sentence
 * @param className simple name of the class file's source that is changed, with its module before a slash where two
 *     modules have such a class
 * @param original code that must occur once in that source; white space does not count
 * @param mutated code that stands in its place; may be empty
 * @param tests of which one must fail: {@code Class} or {@code Class#method}; never empty
 * @param origin the list's file and line, for messages
 */
record Mutation(String title, String className, String original, String mutated, List<String> tests, String origin) {}

package io.glulam.cli;

/** What a store may lack, in the words of {@code --without} and {@code store probe}. */
enum Ability {
    PART_COPY,
    CONDITIONAL_SOURCE,
    FREE_PARTS,
    CONDITIONAL_PUBLISH,
    SUFFIX_RANGES
}

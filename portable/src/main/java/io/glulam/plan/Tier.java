package io.glulam.plan;

/** The ways in which the pages of one column reach an output row group, from the cheapest to the dearest. */
public enum Tier {
    /** The row group's bytes stay as they are; only its footer entry is relocated. */
    KEEP,
    /** Pages move still compressed; at most the dictionary pages are looked into. */
    JOIN,
    /** Dictionary indices are renumbered into one union dictionary; no value is decoded. */
    REMAP,
    /** Pages are decompressed, joined to full-size pages and compressed again; no value is decoded. */
    COALESCE,
    /** Values are decoded and encoded again. */
    RECODE
}

package io.glulam.plan;

/** The choice of the row groups that are written again. */
public enum Rewrite {
    /** Fragments, and the healthy neighbours that they are merged with. */
    FRAGMENTS,
    /** All that become smaller by it, healthy ones too. */
    ALL
}

package io.glulam.plan;

/** How far merging may go beyond moving bytes. The efforts that recode where it pays are added here. */
public enum Effort {
    /** Keep, Join and Remap; Coalesce and Recode only where the cheaper tiers are unsafe or leave too many pages. */
    COPY
}

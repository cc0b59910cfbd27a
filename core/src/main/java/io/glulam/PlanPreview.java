package io.glulam;

import io.glulam.plan.Plan;
import io.glulam.storage.Traffic;

/**
 * A plan and what it takes of a store.
 *
 * @param plan what would be done
 * @param spent what making it has asked of the store: it fetches what would be merged
 * @param expected what carrying it out in place will ask, planning included; nothing for a local file
 */
public record PlanPreview(Plan plan, Traffic spent, Traffic expected) {}

package io.glulam.service.ledger;

/** Another run has taken the instance up meanwhile, or it was ended: this run must stop. */
public final class LostRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LostRun(Run run) {
        super("instance " + run.instanceId() + " is not this run's any more");
    }
}

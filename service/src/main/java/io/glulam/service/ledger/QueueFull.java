package io.glulam.service.ledger;

/** As many instances are queued as may be: nothing was added. */
public final class QueueFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueFull(long most) {
        super(most + " instances are queued already", null, false, false);
    }
}

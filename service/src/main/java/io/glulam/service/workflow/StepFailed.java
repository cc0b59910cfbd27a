package io.glulam.service.workflow;

/** A step cannot go on, for a reason that only the workflow has. */
final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String remedy;
    private final boolean retryable;

    /**
     * @param name for machines
     * @param problem for people
     * @param remedy what to do about it
     */
    StepFailed(String name, String problem, String remedy) {
        this(name, problem, remedy, false);
    }

    private StepFailed(String name, String problem, String remedy, boolean retryable) {
        super(problem);
        this.name = name;
        this.remedy = remedy;
        this.retryable = retryable;
    }

    /** Returns a failure after which the step is retried. */
    static StepFailed retryable(String name, String problem, String remedy) {
        return new StepFailed(name, problem, remedy, true);
    }

    boolean isRetryable() {
        return retryable;
    }

    String name() {
        return name;
    }

    String remedy() {
        return remedy;
    }
}

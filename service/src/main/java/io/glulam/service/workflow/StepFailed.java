package io.glulam.service.workflow;

/** A step cannot go on, for a reason of the workflow's own. */
final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String remedy;

    /**
     * @param name for machines
     * @param problem for people
     * @param remedy what to do about it
     */
    StepFailed(String name, String problem, String remedy) {
        super(problem);
        this.name = name;
        this.remedy = remedy;
    }

    String name() {
        return name;
    }

    String remedy() {
        return remedy;
    }
}

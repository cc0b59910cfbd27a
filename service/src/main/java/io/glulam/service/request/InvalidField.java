package io.glulam.service.request;

/** A request asks for something that cannot be. */
public final class InvalidField extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field of the request, dotted
     * @param reason what is wrong with it, for people
     */
    public InvalidField(String field, String reason) {
        super(reason);
        this.field = field;
    }

    /** The field's name, dotted. */
    public String field() {
        return field;
    }
}

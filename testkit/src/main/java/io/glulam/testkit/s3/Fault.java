package io.glulam.testkit.s3;

/** The ways in which a request can go wrong. */
public enum Fault {
    /** The connection ends before anything was done. */
    RESET_BEFORE,
    /** What was asked for is done, and the connection ends before an answer. */
    RESET_AFTER,
    /** Nothing is done and nothing comes. */
    SILENCE_BEFORE,
    /** What was asked for is done, and nothing comes. */
    SILENCE_AFTER,
    /** The connection is reset in the middle of the answer's body. */
    RESET_IN_BODY,
    /** The connection ends quietly in the middle of the answer's body. */
    TRUNCATED_BODY,
    /** The answer holds fewer bytes than were asked for, and says so. */
    SHORT_BODY,
    /** Status 200, an error in the body, and nothing done; 500 where the answer would have been an object's bytes. */
    ERROR_IN_BODY,
    /** Somebody else was writing; at CompleteMultipartUpload the upload is of no more use. */
    STATUS_409,
    /** The credentials do not allow it. */
    STATUS_403,
    STATUS_412,
    STATUS_429,
    STATUS_500,
    STATUS_503;

    boolean happensAfterEffect() {
        return this == RESET_AFTER || this == SILENCE_AFTER || hurtsBody();
    }

    boolean hurtsBody() {
        return this == RESET_IN_BODY || this == TRUNCATED_BODY || this == SHORT_BODY;
    }

    int status() {
        return switch (this) {
            case STATUS_403 -> 403;
            case STATUS_409 -> 409;
            case STATUS_412 -> 412;
            case STATUS_429 -> 429;
            case STATUS_503 -> 503;
            default -> 500;
        };
    }

    String code() {
        return switch (this) {
            case STATUS_403 -> "AccessDenied";
            case STATUS_409 -> "ConditionalRequestConflict";
            case STATUS_412 -> "PreconditionFailed";
            case STATUS_429, STATUS_503 -> "SlowDown";
            default -> "InternalError";
        };
    }
}

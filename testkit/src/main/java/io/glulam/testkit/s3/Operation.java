package io.glulam.testkit.s3;

/** The requests that the server understands. */
public enum Operation {
    GET,
    GET_TAGS,
    HEAD,
    LIST,
    LIST_UPLOADS,
    LIST_PARTS,
    PUT,
    CREATE_UPLOAD,
    UPLOAD_PART,
    COPY_PART,
    COMPLETE_UPLOAD,
    ABORT_UPLOAD,
    DELETE
}

package io.glulam.storage;

/** The requests to a store, as their prices tell them apart. */
public enum RequestKind {
    GET(Price.READ),
    HEAD(Price.READ),
    LIST(Price.WRITE),
    PUT(Price.WRITE),
    COPY(Price.WRITE),
    CREATE_UPLOAD(Price.WRITE),
    UPLOAD_PART(Price.WRITE),
    COPY_PART(Price.WRITE),
    COMPLETE_UPLOAD(Price.WRITE),
    ABORT_UPLOAD(Price.NOTHING),
    DELETE(Price.NOTHING);

    /** What a request is charged as. */
    public enum Price {
        /** Reading: R2's class B, S3's GET. */
        READ,
        /** Writing and listing: R2's class A, S3's PUT. */
        WRITE,
        /** Free. */
        NOTHING
    }

    private final Price price;

    RequestKind(Price price) {
        this.price = price;
    }

    /** What it is charged as. */
    public Price price() {
        return price;
    }
}

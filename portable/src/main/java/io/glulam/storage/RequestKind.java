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

    /** The classes of requests in price lists. */
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

    /** Returns the class that it is charged as. */
    public Price price() {
        return price;
    }
}

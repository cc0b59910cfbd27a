package io.glulam.service.request;

/** The key under which the compacted object appears. */
public enum PublishMode {
    /** Under the key of the object that it replaces. */
    IN_PLACE,
    /** Under a new key beside it, to which the catalog's row is changed; the old object is deleted later. */
    NEW_KEY
}

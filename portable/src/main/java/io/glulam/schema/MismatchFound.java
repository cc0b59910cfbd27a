package io.glulam.schema;

import java.io.Serial;

/** Carries a mismatch from the depth of a tree to {@link SchemaUnion}. */
final class MismatchFound extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient SchemaMismatch mismatch;

    MismatchFound(String path, String here, String there) {
        super(here, null, false, false);
        this.mismatch = new SchemaMismatch(path, here, there);
    }

    SchemaMismatch mismatch() {
        return mismatch;
    }
}

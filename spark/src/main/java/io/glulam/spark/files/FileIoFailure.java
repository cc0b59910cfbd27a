package io.glulam.spark.files;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotFoundException;

/** Translates what a {@code FileIO} throws. */
final class FileIoFailure {
    private FileIoFailure() {}

    static StorageFailed of(String location, String problem, Exception failure) {
        StorageFailed.Kind kind = StorageFailed.Kind.OTHER;
        if (failure instanceof NotFoundException) {
            kind = StorageFailed.Kind.MISSING;
        } else if (failure instanceof AlreadyExistsException) {
            kind = StorageFailed.Kind.EXISTS;
        } else if (failure instanceof ForbiddenException) {
            kind = StorageFailed.Kind.DENIED;
        }
        boolean retryable = kind == StorageFailed.Kind.OTHER;
        return new StorageFailed(
                kind, Place.of(location), problem + ": " + failure.getMessage(), null, retryable, failure);
    }
}

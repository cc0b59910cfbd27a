package io.glulam.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class GlulamExceptionTest {
    @Test
    void aFailureThatAnotherProcessSentHasItsMessageAndItsPlace() throws Exception {
        CorruptFile failure = new CorruptFile(Place.of("s3://lake/a.parquet"), "the footer is cut off", null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            CorruptFile received = (CorruptFile) in.readObject();
            assertThat(received.getMessage()).isEqualTo(failure.getMessage()).contains("a.parquet");
            assertThat(received.place()).isEqualTo(failure.place());
        }
    }
}

package io.glulam.s3.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstRequestTest {
    /** What fails while it is prepared is not told, so it must not fail. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void preparingComesToASignedRequest(boolean plain) {
        assertThat(FirstRequest.load(plain).headers().firstValue("authorization"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("AWS4-HMAC-SHA256 "));
    }
}

package io.glulam.s3.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstRequestTest {
    /** Preparing ignores failures, so this test would be the only one to see them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void preparingComesToASignedRequest(boolean plain) {
        assertThat(FirstRequest.load(plain).headers().firstValue("authorization"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("AWS4-HMAC-SHA256 "));
    }
}

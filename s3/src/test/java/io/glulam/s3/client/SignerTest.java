package io.glulam.s3.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.s3.credentials.Credentials;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signatures against the examples in Amazon's description of Signature Version 4 for S3. */
class SignerTest {
    private static final Credentials CREDENTIALS =
            Credentials.of("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");
    private static final String HOST = "examplebucket.s3.amazonaws.com";

    private static String signature(
            String method, String path, String query, Map<String, String> headers, String hash) {
        String authorization = new Signer("us-east-1", "s3")
                .sign(CREDENTIALS, TIME, method, HOST, path, query, headers, hash)
                .get("authorization");
        return authorization.substring(authorization.indexOf("Signature=") + 10);
    }

    @Test
    void getOfARange() {
        assertThat(signature("GET", "/test.txt", "", Map.of("range", "bytes=0-9"), Signer.EMPTY_HASH))
                .isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void putWithABody() {
        Map<String, String> headers =
                Map.of("date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY");
        assertThat(signature(
                        "PUT",
                        "/test%24file.text",
                        "",
                        headers,
                        "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"))
                .isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void listingWithAQuery() {
        assertThat(signature(
                        "GET", "/", UriText.query(Map.of("max-keys", "2", "prefix", "J")), Map.of(), Signer.EMPTY_HASH))
                .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void keysAreEncodedByteByByteButForSlashes() {
        assertThat(UriText.path("a b/ü+~.txt")).isEqualTo("a%20b/%C3%BC%2B~.txt");
    }
}

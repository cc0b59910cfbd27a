package io.glulam.s3.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a store's refusals: kind, whether trying again helps, and words for people. */
@Tag("once")
class ResponseFailuresTest {
    private static StoreResponse response(int status, Map<String, List<String>> headers, @Nullable String code) {
        String body = code == null
                ? ""
                : "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>a &lt;b&gt;</Message></Error>";
        return new StoreResponse(status, HttpHeaders.of(headers, (name, value) -> true), body, false);
    }

    private static StorageFailed failure(StoreResponse response) {
        return (StorageFailed) ResponseFailures.of(response, Place.of("s3://b/k"), "read");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "404, NoSuchKey, MISSING, false, no such object, null",
                "404, null, MISSING, false, no such object, null",
                "404, NoSuchBucket, OTHER, false, no such bucket, 'check the bucket''s name, the endpoint and the"
                        + " account'",
                "404, NoSuchUpload, OTHER, false, 'the upload is gone: another process removed it', null",
                "403, AccessDenied, DENIED, false, the store refuses to read it (AccessDenied),"
                        + " check what the credentials are allowed to do",
                "403, null, DENIED, false, the store refuses to read it (status 403),"
                        + " check what the credentials are allowed to do",
                "403, SignatureDoesNotMatch, DENIED, false, the store refuses to read it (SignatureDoesNotMatch),"
                        + " check the credentials and the endpoint",
                "403, Odd, DENIED, false, the store refuses to read it (Odd), check what the credentials are allowed"
                        + " to do",
                "401, Odd, DENIED, false, the store refuses to read it (Odd), check the credentials and the endpoint",
                "403, InvalidObjectState, OTHER, false,"
                        + " it is archived and must be restored before it can be read, null",
                "400, ExpiredToken, OTHER, false, 'cannot read it: ExpiredToken, a <b>', get new credentials",
                "400, null, OTHER, false, cannot read it: status 400, null",
                "429, SlowDown, OTHER, true, 'cannot read it: SlowDown, a <b>', try again later",
                "500, InternalError, OTHER, true, 'cannot read it: InternalError, a <b>', try again later",
                "503, null, OTHER, true, cannot read it: status 503, try again later",
                "599, null, OTHER, true, cannot read it: status 599, try again later",
                "501, null, OTHER, false, cannot read it: status 501, null",
                "501, NotImplemented, OTHER, false, 'cannot read it: NotImplemented, a <b>',"
                        + " probe the store for what it can do",
                "412, PreconditionFailed, OTHER, false, 'cannot read it: PreconditionFailed, a <b>', null",
                "301, PermanentRedirect, OTHER, false, 'cannot read it: PermanentRedirect, a <b>', null",
            })
    void aRefusalIsExplained(
            int status, @Nullable String code, String kind, boolean passing, String problem, @Nullable String remedy) {
        StorageFailed failure = failure(response(status, Map.of(), code));

        assertThat(failure.kind()).hasToString(kind);
        assertThat(failure.retryable()).isEqualTo(passing);
        assertThat(failure.problem()).isEqualTo(problem);
        assertThat(failure.remedy()).isEqualTo(remedy);
        assertThat(failure.place()).isEqualTo(Place.of("s3://b/k"));
    }

    @ParameterizedTest
    @CsvSource({"301, true", "307, true", "400, true", "403, false", "404, false"})
    void theRegionThatAStoreNamesIsTheRemedy(int status, boolean named) {
        StoreResponse response = response(status, Map.of("X-Amz-Bucket-Region", List.of("eu-west-1")), "Odd");
        String remedy = failure(response).remedy();
        assertThat("use the region eu-west-1".equals(remedy)).isEqualTo(named);
    }

    @Test
    void aBucketThatIsMissingIsToldFromAnObject() {
        assertThat(ResponseFailures.isWithoutBucket(response(404, Map.of(), "NoSuchBucket")))
                .isTrue();
        assertThat(ResponseFailures.isWithoutBucket(response(404, Map.of(), "NoSuchKey")))
                .isFalse();
        assertThat(ResponseFailures.isWithoutBucket(response(404, Map.of(), null)))
                .isFalse();
        assertThat(ResponseFailures.isWithoutBucket(response(403, Map.of(), "NoSuchBucket")))
                .isFalse();
    }
}

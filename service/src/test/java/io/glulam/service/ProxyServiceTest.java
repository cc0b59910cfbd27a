package io.glulam.service;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.Tag;

/** On s3proxy: an implementation of S3 that is not ours, signatures included. */
@Tag("once")
class ProxyServiceTest extends StoredServiceContract {
    private S3Proxy proxy;

    @Override
    URI startStore() throws IOException {
        FilesystemNio2BlobStore blobs = new FilesystemNio2BlobStore(
                Files.createDirectory(folder.resolve("store")).toString());
        blobs.createContainer("bucket");
        proxy = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "AK", "very-secret")
                .build();
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IOException(e);
        }
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    @Override
    void stopStore() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    String scheme() {
        return "s3";
    }
}

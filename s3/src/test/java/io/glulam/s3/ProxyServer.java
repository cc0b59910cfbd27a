package io.glulam.s3;

import io.glulam.s3.client.RetryPolicy;
import io.glulam.storage.StoreCapabilities;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** s3proxy inside this process, over a folder: an implementation of S3 that is not ours, signatures included. */
final class ProxyServer implements AutoCloseable {
    private static final String BUCKET = "bucket";

    private final S3Proxy proxy;

    private ProxyServer(S3Proxy proxy) {
        this.proxy = proxy;
    }

    static ProxyServer start(Path folder) {
        FilesystemNio2BlobStore blobs = new FilesystemNio2BlobStore(folder.toString());
        blobs.createContainer(BUCKET);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "AK", "SK")
                .build();
        try {
            proxy.start();
            return new ProxyServer(proxy);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** A store that is asked through something that stands before it. */
    static S3Store storeAt(URI endpoint) {
        return Stores.over(endpoint, BUCKET, S3Capabilities.S3, RetryPolicy.DEFAULT);
    }

    S3Store store(StoreCapabilities capabilities) {
        return Stores.over(endpoint(), BUCKET, capabilities, RetryPolicy.DEFAULT);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

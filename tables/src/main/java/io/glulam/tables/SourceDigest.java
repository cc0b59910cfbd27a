package io.glulam.tables;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes the digest of an output's sources. Not thread-safe. */
public final class SourceDigest {
    private final MessageDigest digest;

    public SourceDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Takes the next source. */
    public void add(String path, long bytes) {
        digest.update((path + '\n' + bytes + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the digest of all sources. */
    public String text() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

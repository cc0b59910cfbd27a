package io.glulam;

import io.glulam.footer.ByteSpan;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterBytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells a file from others by a digest of its footer, which holds the place, the size and the statistics of all its data. */
final class FooterDigest {
    private FooterDigest() {}

    /** Returns {@code sha256:} and the SHA-256 of the footer's bytes in hexadecimal digits. */
    static String of(Footer footer) {
        FooterBytes bytes = footer.bytes();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int at = 0; at < bytes.length(); at += FooterBytes.PIECE) {
                digest.update(bytes.range(new ByteSpan(at, Math.min(bytes.length(), at + FooterBytes.PIECE))));
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

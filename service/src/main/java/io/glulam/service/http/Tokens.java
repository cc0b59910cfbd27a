package io.glulam.service.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bearer tokens that open the API, kept as digests. Immutable. */
public final class Tokens {
    /** No tokens: the API is open. */
    public static final Tokens NONE = new Tokens(List.of());

    private static final int MIN_CHARACTERS = 16;

    private final List<Token> tokens;

    private Tokens(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Token(byte[] digest, Access access) {}

    /**
     * Reads tokens, one a line, each followed by the key prefixes that it is limited to, if any. Empty lines and lines
     * with # in front do not count.
     *
     * @throws IllegalArgumentException if a token is too short to be one; the message does not repeat it
     */
    public static Tokens parse(String text) {
        List<Token> tokens = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            List<String> words = List.of(line.split("\\s+"));
            if (words.get(0).length() < MIN_CHARACTERS) {
                throw new IllegalArgumentException("a token needs at least " + MIN_CHARACTERS + " characters");
            }
            tokens.add(new Token(digest(words.get(0)), new Access(words.subList(1, words.size()))));
        }
        return new Tokens(tokens);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return tokens.isEmpty();
    }

    /** Returns the objects that the holder of a token may touch; null for a token that is none of these. */
    @Nullable
    Access access(String token) {
        byte[] digest = digest(token);
        Access found = null;
        for (Token known : tokens) {
            if (MessageDigest.isEqual(known.digest, digest)) {
                found = known.access;
            }
        }
        return found;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

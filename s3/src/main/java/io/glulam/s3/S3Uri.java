package io.glulam.s3;

/**
 * {@code s3://bucket/key} or {@code r2://bucket/key}.
 *
 * @param scheme {@code s3} or {@code r2}
 * @param bucket its name
 * @param key as it is, nothing encoded; empty for the bucket itself
 */
public record S3Uri(String scheme, String bucket, String key) {
    /** Returns whether a text is meant for a store, not for the local file system. */
    public static boolean isOne(String text) {
        return text.startsWith("s3://") || text.startsWith("r2://");
    }

    /**
     * Takes a text apart.
     *
     * @throws IllegalArgumentException with a sentence for people, if it names no bucket
     */
    public static S3Uri parse(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException("'" + text + "' begins with neither s3:// nor r2://");
        }
        int slash = text.indexOf('/', 5);
        String bucket = slash < 0 ? text.substring(5) : text.substring(5, slash);
        if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]|[A-Za-z0-9]{1,2}")) {
            throw new IllegalArgumentException("'" + text + "' names no bucket; expected s3://BUCKET/KEY");
        }
        return new S3Uri(text.substring(0, 2), bucket, slash < 0 ? "" : text.substring(slash + 1));
    }

    boolean isR2() {
        return scheme.equals("r2");
    }

    @Override
    public String toString() {
        return scheme + "://" + bucket + "/" + key;
    }
}

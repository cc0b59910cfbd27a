package io.glulam.tables;

/** Why a compaction leaves a data file as it is. */
public enum LeftReason {
    HEALTHY("the file and its row groups are large enough"),
    ALONE("the file is small, and its partition has too few such files to merge"),
    TOO_LARGE("the file is larger than max-file-size-bytes, and its row groups are large enough"),
    FILTERED("the filter does not select the file's partition"),
    LIMITED("max-files-to-rewrite or another limit was reached"),
    POSITION_DELETES("position deletes apply to the file"),
    DELETION_VECTOR("a deletion vector applies to the file"),
    EQUALITY_DELETES("equality deletes apply to the file"),
    NOT_PARQUET("the file is not a Parquet file"),
    ENCRYPTED("the file is encrypted"),
    OUTSIDE("the file lies outside of the places that the table may use"),
    FORM_DIFFERS("no other file has the same physical form"),
    REFUSED("Glulam cannot move the file's bytes safely");

    private final String sentence;

    LeftReason(String sentence) {
        this.sentence = sentence;
    }

    /** Returns the reason as a clause for people. */
    public String sentence() {
        return sentence;
    }
}

package io.glulam;

import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identifies a plan: the same for equal plans, whatever machine made them. */
public final class PlanHash {
    private PlanHash() {}

    /** Returns the SHA-256 of the plan's one JSON form, in hexadecimal digits. */
    public static String of(Plan plan) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            PlanJson.write(plan, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException("every Java has SHA-256, and nothing is written", e);
        }
    }
}

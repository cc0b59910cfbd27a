package io.glulam.cli.page;

import io.glulam.FileShape;
import io.glulam.cli.text.Texts;
import io.glulam.footer.Footer;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanText;
import io.glulam.plan.Units;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page of one file: its row groups to scale, its columns by row groups, and what compaction would change.
 *
 * @param name of the file
 */
public record InspectPage(String name, Footer footer, FileShape shape, Plan plan) {
    /** How a page begins, which tells it from other files. */
    public static final String BEGINNING = "<!DOCTYPE html>\n<html lang=\"en\" class=\"glulam\">";

    private static final int PLAN_COLUMNS = 110;

    /** The whole page. */
    public String html() {
        String style = style();
        Markup page = new Markup();
        page.begin("head").empty("meta", "charset", "utf-8");
        page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy(style));
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.element("title", name + " – Glulam").line();
        StringBuilder html = new StringBuilder(BEGINNING).append('\n').append(page);
        html.append("<style>").append(style).append("</style></head>\n");
        html.append(body()).append("\n</html>\n");
        return html.toString();
    }

    private String body() {
        Markup page = new Markup();
        page.begin("body").begin("main").line();
        page.begin("header").element("h1", name);
        page.element(
                "p",
                Units.size(shape.bytes()) + ", " + Texts.count(footer.rowCount(), "row") + ", "
                        + Texts.count(footer.rowGroupCount(), "row group") + ", "
                        + Texts.count(footer.schema().leaves().size(), "column"));
        String writer = footer.createdBy();
        page.element("p", "Written by " + (writer == null ? "an unnamed writer" : writer) + ".");
        page.end().line();
        page.begin("section").element("h2", "Row groups to scale").line();
        new ScalePicture(shape).writeTo(page);
        page.element("p", verdict()).end().line();
        new ChunkMap(footer, shape).writeTo(page);
        page.begin("section")
                .element("h2", "What compaction would change, and why")
                .line();
        page.begin("pre", "tabindex", "0")
                .lines(PlanText.of(plan, PLAN_COLUMNS))
                .end()
                .end();
        return page.end().end().toString();
    }

    private String verdict() {
        String threshold = Units.size(shape.threshold());
        return shape.fragments() == 0
                ? "Not fragmented: no row group is under " + threshold + "."
                : Units.percent(shape.fragmentBytes(), shape.rowGroupBytes()) + " fragmented: "
                        + Units.count(shape.fragments()) + " of " + Texts.count(footer.rowGroupCount(), "row group")
                        + " are under " + threshold + ".";
    }

    /** Nothing is loaded, nothing is run; the one style sheet is known by its digest. */
    private static String policy(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-"
                    + Base64.getEncoder().encodeToString(digest) + "'; base-uri 'none'; form-action 'none'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String style() {
        try (InputStream in = InspectPage.class.getResourceAsStream("inspect.css")) {
            if (in == null) {
                throw new IllegalStateException("inspect.css is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

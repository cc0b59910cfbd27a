package io.glulam.cli.page;

import io.glulam.FileShape;
import io.glulam.OpenedFooter;
import io.glulam.cli.text.Texts;
import io.glulam.footer.Footer;
import io.glulam.picture.ChunkMatrix;
import io.glulam.plan.Units;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The page of one file: its row groups to scale, its columns by row groups, the pages of its largest chunks, and what compaction
 * would change.
 *
 * @param opened the file, which stays open while the page is made
 * @param changes what compaction would change and why, in lines
 */
public record InspectPage(OpenedFooter opened, FileShape shape, String changes) {
    /** How a page begins, which tells it from other files. */
    public static final String BEGINNING = "<!DOCTYPE html>\n<html lang=\"en\" class=\"glulam\">";

    private static final int MAX_PLAN_LINES = 1000;

    /** The whole page. */
    public String html() {
        String style = style();
        Markup page = new Markup();
        page.begin("head").empty("meta", "charset", "utf-8");
        page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy(style));
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.element("title", opened.name() + " – Glulam").line();
        StringBuilder html = new StringBuilder(BEGINNING).append('\n').append(page);
        html.append("<style>").append(style).append("</style></head>\n");
        html.append(body()).append("\n</html>\n");
        return html.toString();
    }

    private String body() {
        Footer footer = opened.footer();
        Markup page = new Markup();
        page.begin("body").begin("main").line();
        page.begin("header").element("h1", opened.name());
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
        ChunkMatrix chunks = ChunkMatrix.of(footer, ChunkMap.MAX_ROW_GROUPS, ChunkMap.MAX_COLUMNS);
        PagesOfChunks pages = PagesOfChunks.of(opened, chunks);
        new ChunkMap(chunks, shape, pages.spots()).writeTo(page);
        pages.writeTo(page);
        page.begin("section")
                .element("h2", "What compaction would change, and why")
                .line();
        writePlan(page);
        return page.end().end().end().toString();
    }

    private void writePlan(Markup page) {
        List<String> lines = changes.lines().toList();
        page.begin("pre", "tabindex", "0")
                .lines(String.join("\n", lines.subList(0, Math.min(MAX_PLAN_LINES, lines.size()))))
                .end();
        if (lines.size() > MAX_PLAN_LINES) {
            page.element(
                    "p",
                    "Shown are the first " + Units.count(MAX_PLAN_LINES) + " of " + Units.count(lines.size())
                            + " lines that glulam plan prints.");
        }
    }

    private String verdict() {
        String threshold = Units.size(shape.threshold());
        return shape.fragments() == 0
                ? "Not fragmented: no row group is under " + threshold + "."
                : Units.percent(shape.fragmentBytes(), shape.rowGroupBytes()) + " fragmented: "
                        + Units.count(shape.fragments()) + " of " + Texts.count(shape.rowGroups(), "row group")
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

package io.glulam.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.cli.PageRuns;
import io.glulam.testkit.generate.DuckDbFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** {@code inspect --html}. */
class InspectPageTest {
    private static final String HOSTILE = "\"</style><script>alert(1)</script><img src=x onerror='a()'>&\u202e";

    @TempDir
    Path folder;

    private String page(Path file) throws IOException {
        Path page = folder.resolve("page.html");
        assertThat(PageRuns.write(file, page)).isZero();
        return Files.readString(page);
    }

    private static Document parsed(String page) throws Exception {
        // Well formed as XML but for the line that browsers want first.
        String xml = page.substring(page.indexOf('\n') + 1);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyRowGroupAndEveryColumnIsOnThePage() throws Exception {
        Path file = DuckDbFiles.write(
                "SELECT i AS id, 'v' || i % 7 AS name FROM range(10000) t(i)",
                2048, "COMPRESSION snappy", folder.resolve("a.parquet"));

        Document document = parsed(page(file));

        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(5);
        assertThat(document.getElementsByTagName("td").getLength()).isEqualTo(2 * 5);
        assertThat(document.getElementsByTagName("pre").item(0).getTextContent())
                .contains("5 row groups", "become 1");
        assertThat(document.getElementsByTagName("input").getLength()).isEqualTo(4);
    }

    @Test
    void namesOfAHostileFileStayText() throws Exception {
        String quoted = "\"" + HOSTILE.replace("\"", "\"\"") + "\"";
        Path file = DuckDbFiles.write(
                "SELECT i AS " + quoted + " FROM range(5000) t(i)",
                2048,
                "COMPRESSION snappy",
                folder.resolve("<b onclick=x>&.parquet"));

        String page = page(file);
        Document document = parsed(page);

        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("img").getLength()).isZero();
        assertThat(document.getElementsByTagName("b").getLength()).isZero();
        assertThat(document.getElementsByTagName("tbody").item(0).getTextContent())
                .contains("\"</style><script>alert(1)</script><img src=x onerror='a()'>&\\u202e");
        assertThat(page).doesNotContain("\u202e");
    }

    @Test
    void thePolicyAllowsTheOneStyleSheetAndNothingElse() throws Exception {
        Path file = DuckDbFiles.write(
                "SELECT i AS id FROM range(10) t(i)", 2048, "COMPRESSION snappy", folder.resolve("a.parquet"));

        String page = page(file);
        Document document = parsed(page);

        String policy = ((Element) document.getElementsByTagName("meta").item(1)).getAttribute("content");
        String style = document.getElementsByTagName("style").item(0).getTextContent();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(policy)
                .isEqualTo("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(digest) + "'; base-uri 'none'; form-action 'none'");
        assertThat(page).doesNotContain(" style=", " on", "http://", "https://", "<script");
    }

    @Test
    void aMapOfManyRowGroupsSaysWhatItLeavesOut() throws Exception {
        Path file = DuckDbFiles.write(
                "SELECT i AS id FROM range(300000) t(i)", 2048, "COMPRESSION snappy", folder.resolve("a.parquet"));

        Document document = parsed(page(file));

        assertThat(document.getElementsByTagName("td").getLength()).isEqualTo(120);
        assertThat(document.getDocumentElement().getTextContent())
                .contains("Shown are the first 1 of 1 columns and the first 120 of 147 row groups.");
    }

    @Test
    void onlyAPageIsOverwritten() throws IOException {
        Path file = DuckDbFiles.write(
                "SELECT i AS id FROM range(10) t(i)", 2048, "COMPRESSION snappy", folder.resolve("a.parquet"));
        Path mine = Files.writeString(folder.resolve("mine.html"), "<!DOCTYPE html><p>mine</p>");

        assertThat(PageRuns.write(file, mine)).isEqualTo(2);
        assertThat(mine).hasContent("<!DOCTYPE html><p>mine</p>");

        page(file);
        assertThat(page(file)).startsWith(InspectPage.BEGINNING);
    }
}

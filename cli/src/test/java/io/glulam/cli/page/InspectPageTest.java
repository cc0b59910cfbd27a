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
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

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

    /** The elements of a name within one of another name. */
    private static List<Element> inside(String outer, int index, String name, Document document) {
        NodeList found = ((Element) document.getElementsByTagName(outer).item(index)).getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    @Test
    void theLargestChunksShowTheirPages() throws Exception {
        Path file = DuckDbFiles.write(
                "SELECT i AS id, CASE WHEN i % 4 > 0 THEN 'v' || i % 7 END AS name FROM range(40000) t(i)",
                20480, "COMPRESSION snappy, PARQUET_VERSION v2", folder.resolve("a.parquet"));

        Document document = parsed(page(file));

        assertThat(document.getElementsByTagName("details").getLength()).isEqualTo(4);
        List<Element> links = inside("table", 0, "a", document);
        assertThat(links)
                .hasSize(4)
                .allSatisfy(link -> assertThat(anchors(document))
                        .contains(link.getAttribute("href").substring(1)));
        List<Element> rows = rowsOf("name", document);
        // The pages of the chunk: its dictionary first, then data pages of 20,480 rows; DuckDB does not tell their
        // nulls.
        assertThat(cells(rows.get(0))).startsWith("PLAIN (dictionary)", "7", "–", "–");
        List<List<String>> data =
                rows.stream().skip(1).map(InspectPageTest::cells).toList();
        assertThat(data).isNotEmpty().allSatisfy(page -> assertThat(page.get(0)).isEqualTo("RLE_DICTIONARY"));
        assertThat(data.stream().mapToInt(page -> number(page.get(2))).sum()).isEqualTo(20480);
    }

    private static List<String> anchors(Document document) {
        NodeList all = document.getElementsByTagName("div");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> ((Element) all.item(i)).getAttribute("id"))
                .toList();
    }

    /** The rows of the table of pages of a column in the first row group. */
    private static List<Element> rowsOf(String column, Document document) {
        for (int i = 0; i < document.getElementsByTagName("details").getLength(); i++) {
            if (document.getElementsByTagName("details")
                    .item(i)
                    .getTextContent()
                    .strip()
                    .startsWith(column + " in row group 0")) {
                return inside("details", i, "tr", document).stream().skip(1).toList();
            }
        }
        throw new AssertionError("no pages of " + column);
    }

    private static List<String> cells(Element row) {
        NodeList found = row.getElementsByTagName("td");
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }

    private static int number(String text) {
        return Integer.parseInt(text.replace(",", ""));
    }

    @Test
    void everyRowGroupAndEveryColumnIsOnThePage() throws Exception {
        Path file = DuckDbFiles.write(
                "SELECT i AS id, 'v' || i % 7 AS name FROM range(10000) t(i)",
                2048, "COMPRESSION snappy", folder.resolve("a.parquet"));

        Document document = parsed(page(file));

        assertThat(inside("svg", 0, "rect", document)).hasSize(5);
        assertThat(inside("table", 0, "td", document)).hasSize(2 * 5);
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

        assertThat(inside("table", 0, "td", document)).hasSize(120);
        assertThat(document.getDocumentElement().getTextContent())
                .contains("Shown are the first 1 of 1 columns and the first 120 of 147 row groups.");
    }

    @Test
    void aFileThatIsRefusedAndHasManyRowGroupsHasASmallPage() throws Exception {
        String page = page(PageRuns.manyRowGroups(folder.resolve("a.parquet"), 20_000));
        Document document = parsed(page);

        assertThat(page).hasSizeLessThan(500_000);
        assertThat(inside("svg", 0, "rect", document)).hasSizeBetween(1000, 2001);
        assertThat(document.getElementsByTagName("details").item(0).getTextContent())
                .contains("Its pages cannot be read: ");
        assertThat(document.getElementsByTagName("pre").item(0).getTextContent())
                .startsWith("compact refuses this file: ");
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

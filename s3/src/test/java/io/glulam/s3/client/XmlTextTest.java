package io.glulam.s3.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XmlTextTest {
    @Test
    void elementsAreFoundByTheirWholeName() {
        String xml = "<List xmlns=\"x\"><KeyMarker/><Key>a&amp;b</Key><Key attribute=\"1\">c</Key></List>";
        assertThat(XmlText.first(xml, "Key")).isEqualTo("a&b");
        assertThat(XmlText.all(xml, "Key")).containsExactly("a&amp;b", "c");
        assertThat(XmlText.first(xml, "Marker")).isNull();
    }

    @Test
    void entitiesAreUnderstood() {
        assertThat(XmlText.unescaped("&quot;a&#x2F;b&#47;&apos;&lt;&gt;&unknown;&"))
                .isEqualTo("\"a/b/'<>&unknown;&");
        assertThat(XmlText.unescaped(XmlText.escaped("<\"&\">"))).isEqualTo("<\"&\">");
        assertThat(XmlText.unescaped("&;&#;&#x;&a65;&#1114112;")).isEqualTo("&;&#;&#x;&a65;&#1114112;");
    }

    @Test
    void brokenTextIsNoElement() {
        assertThat(XmlText.first("<ETag>abc", "ETag")).isNull();
        assertThat(XmlText.first("<ETag", "ETag")).isNull();
    }
}

package io.glulam.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Which build this is and which Java runs it. */
final class Version implements IVersionProvider {
    private static final String UNKNOWN = "unknown";

    @Override
    public String[] getVersion() throws IOException {
        Map<String, String> facts = facts();
        return new String[] {
            "glulam " + facts.get("version") + " (commit " + facts.get("commit") + ")",
            "Java " + facts.get("java_version") + " (" + facts.get("java_vendor") + "), " + facts.get("java_home"),
            facts.get("os") + " " + facts.get("architecture")
        };
    }

    /** By the names that they have in JSON. */
    static Map<String, String> facts() throws IOException {
        Attributes build = build();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", orUnknown(build.getValue(Attributes.Name.IMPLEMENTATION_VERSION)));
        facts.put("commit", orUnknown(build.getValue("Implementation-Commit")));
        facts.put("java_version", orUnknown(System.getProperty("java.runtime.version")));
        facts.put("java_vendor", orUnknown(System.getProperty("java.vendor")));
        facts.put("java_home", orUnknown(System.getProperty("java.home")));
        facts.put("os", orUnknown(System.getProperty("os.name")));
        facts.put("architecture", orUnknown(System.getProperty("os.arch")));
        return facts;
    }

    /** The manifest of the jar that this class comes from; empty when it was not packaged. */
    private static Attributes build() throws IOException {
        ClassLoader loader = Version.class.getClassLoader();
        // The command's jar comes first: to list them all would open every other.
        Enumeration<URL> manifests = loader.getResources("META-INF/MANIFEST.MF");
        while (manifests.hasMoreElements()) {
            try (InputStream in = manifests.nextElement().openStream()) {
                Attributes attributes = new Manifest(in).getMainAttributes();
                if (Main.class.getName().equals(attributes.getValue(Attributes.Name.MAIN_CLASS))) {
                    return attributes;
                }
            }
        }
        return new Attributes();
    }

    private static String orUnknown(@Nullable String value) {
        return value == null ? UNKNOWN : value;
    }
}

package io.glulam.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Which build this is and which Java runs it. */
final class Version implements IVersionProvider {
    private static final String UNKNOWN = "unknown";

    @Override
    public String[] getVersion() throws IOException {
        Attributes build = build();
        return new String[] {
            "glulam " + orUnknown(build.getValue(Attributes.Name.IMPLEMENTATION_VERSION)) + " (commit "
                    + orUnknown(build.getValue("Implementation-Commit")) + ")",
            "Java " + System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + "), "
                    + System.getProperty("java.home"),
            System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
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

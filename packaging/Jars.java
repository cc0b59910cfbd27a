import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * What a package for one platform does with libraries: it leaves out native code of other platforms, and lists licences.
 *
 * <pre>
 * java Jars.java strip FOLDER            of each jar below FOLDER, native code for others than Linux on x64
 * java Jars.java licences FOLDER OUT     writes OUT/NAME-OF-JAR/ with the licences and notices that each jar holds
 * </pre>
 */
public final class Jars {
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dylib|jnilib|dll|a)");
    private static final Pattern PLATFORM = Pattern.compile(".*(^|/)(linux[-/](amd64|x86_64)|Linux/x86_64)/[^/]*");
    private static final Pattern LICENCE =
            Pattern.compile("(META-INF/)?(license|licence|notice|copying|about)[^/]*", Pattern.CASE_INSENSITIVE);
    private static final Set<String> NO_LICENCE = Set.of(".class");

    public static void main(String[] arguments) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.walk(Path.of(arguments[1]))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
        for (Path jar : jars) {
            if (arguments[0].equals("strip")) {
                strip(jar);
            } else {
                licences(jar, Path.of(arguments[2]));
            }
        }
    }

    private static boolean isForeign(String name) {
        return NATIVE.matcher(name).matches() && !PLATFORM.matcher(name).matches();
    }

    private static void strip(Path jar) throws IOException {
        try (ZipFile whole = new ZipFile(jar.toFile())) {
            if (whole.stream().noneMatch(entry -> isForeign(entry.getName()))) {
                return;
            }
            Path fresh = jar.resolveSibling(jar.getFileName() + ".new");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(fresh))) {
                for (Enumeration<? extends ZipEntry> entries = whole.entries(); entries.hasMoreElements(); ) {
                    ZipEntry entry = entries.nextElement();
                    if (!isForeign(entry.getName())) {
                        copy(whole, entry, out);
                    }
                }
            }
            Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void copy(ZipFile from, ZipEntry entry, OutputStream out) throws IOException {
        ZipOutputStream zip = (ZipOutputStream) out;
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        zip.putNextEntry(copy);
        try (InputStream in = from.getInputStream(entry)) {
            in.transferTo(zip);
        }
        zip.closeEntry();
    }

    private static void licences(Path jar, Path out) throws IOException {
        Path folder = out.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", ""));
        try (ZipFile whole = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : whole.stream().<ZipEntry>map(each -> each).toList()) {
                String name = entry.getName();
                if (LICENCE.matcher(name).matches() && NO_LICENCE.stream().noneMatch(name::endsWith)
                        && !entry.isDirectory()) {
                    Files.createDirectories(folder);
                    try (InputStream in = whole.getInputStream(entry)) {
                        Files.copy(
                                in,
                                folder.resolve(Path.of(name).getFileName().toString().toLowerCase(Locale.ROOT)),
                                StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
    }
}

package io.glulam.tables.iceberg.files;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** Decides whether a store's endpoint that a catalog names may be used. */
public final class EndpointCheck {
    private EndpointCheck() {}

    /**
     * Requires that requests may go to an endpoint that a catalog named: {@code https}, and no address inside this machine or
     * its networks.
     *
     * @param allowed endpoints that the user lists, which are not looked at
     * @throws Unsupported if they may not
     */
    public static URI require(String endpoint, List<String> allowed) {
        URI uri;
        try {
            uri = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw refused(endpoint, "is not an address");
        }
        if (allowed.stream().anyMatch(one -> strip(one).equals(strip(endpoint)))) {
            return uri;
        }
        if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw refused(endpoint, "does not begin with https://");
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                if (isInside(address)) {
                    throw refused(endpoint, "lies in a private network");
                }
            }
        } catch (UnknownHostException e) {
            throw refused(endpoint, "is not known");
        }
        return uri;
    }

    private static String strip(String endpoint) {
        return endpoint.trim().replaceFirst("/+$", "");
    }

    /** Private, loopback, link-local, carrier-grade, unique local or otherwise not of the public Internet. */
    static boolean isInside(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean shared = bytes.length == 4 && (first == 100 && (second & 0xc0) == 64 || first == 0 || first >= 240);
        boolean uniqueLocal = bytes.length == 16 && ((first & 0xfe) == 0xfc || isTranslated(bytes));
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || shared
                || uniqueLocal;
    }

    /** Addresses of IPv6 that hold one of IPv4: 64:ff9b::/96, 2002::/16 and ::/96. */
    private static boolean isTranslated(byte[] bytes) {
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean zeros = true;
        for (int i = 0; i < 10; i++) {
            zeros &= bytes[i] == 0;
        }
        return nat64 || sixToFour || zeros;
    }

    private static Unsupported refused(String endpoint, String why) {
        return new Unsupported(
                Place.of(endpoint),
                "the catalog names an endpoint that " + why,
                "list it in the catalog's property allow-endpoints if it is the one you expect");
    }
}

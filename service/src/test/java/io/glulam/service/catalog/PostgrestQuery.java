package io.glulam.service.catalog;

import java.util.ArrayList;
import java.util.List;

/** What a URL asks for. */
record PostgrestQuery(String select, String order, String limit, List<String[]> filters) {
    static PostgrestQuery of(String query) {
        String select = "*";
        String order = "";
        String limit = "";
        List<String[]> filters = new ArrayList<>();
        for (String part : query == null ? new String[0] : query.split("&", -1)) {
            String[] pair = part.split("=", 2);
            String value = pair.length == 2 ? PostgrestGrammar.decoded(pair[1]) : "";
            switch (PostgrestGrammar.decoded(pair[0])) {
                case "select" -> select = value;
                case "order" -> order = value;
                case "limit" -> limit = value;
                case "columns" -> {
                    // Names the body's columns again.
                }
                default -> filters.add(new String[] {PostgrestGrammar.decoded(pair[0]), value});
            }
        }
        return new PostgrestQuery(select, order, limit, filters);
    }
}

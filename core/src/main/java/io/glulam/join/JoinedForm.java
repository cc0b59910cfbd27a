package io.glulam.join;

import io.glulam.footer.FooterJoiner;
import io.glulam.schema.FileSchema;
import io.glulam.schema.SchemaRules;
import java.util.List;
import java.util.Map;

/**
 * What the joined file of some inputs looks like. Immutable.
 *
 * @param header what its footer says besides its row groups
 * @param schema the header's schema
 * @param rules by which the inputs' schemas fit into it
 * @param dictionaries of leaf columns, by path, whose pages have a dictionary in the first input that has the column: the
 *     Thrift value of their encoding
 */
public record JoinedForm(
        FooterJoiner.Header header, FileSchema schema, SchemaRules rules, Map<List<String>, Integer> dictionaries) {}

package io.glulam.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.format.Encoding;
import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link PlanJson} writes, and nothing else. */
final class PlanReader implements PlanFields.Reader {
    /** Names cost more memory than characters in the file, so that their number is bounded by itself. */
    private static final int MAX_COLUMNS = 1 << 18;

    private static final String REMEDY = "plan again";

    private final Place place;
    private final JsonParser json;

    private PlanReader(Place place, JsonParser json) {
        this.place = place;
        this.json = json;
    }

    static Plan read(String name, InputStream source) {
        Place place = Place.of(name);
        try (JsonParser json = PlanJson.FACTORY.createParser(source)) {
            return new PlanReader(place, json).plan();
        } catch (JsonProcessingException e) {
            String message = firstLine(e.getOriginalMessage());
            throw new CorruptFile(place, "not a plan: " + message + where(e), REMEDY, e);
        } catch (IllegalArgumentException e) {
            throw new CorruptFile(place, "not a plan that can be carried out: " + e.getMessage(), REMEDY, e);
        } catch (IOException e) {
            throw new StorageFailed(place, "the plan cannot be read: " + e.getMessage(), null, false, e);
        }
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end).stripTrailing();
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " in line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private Plan plan() throws IOException {
        next(JsonToken.START_OBJECT);
        long version = number("version", Integer.MAX_VALUE);
        if (version != PlanJson.VERSION) {
            throw new Unsupported(
                    place, "a plan of version " + version + ", but this Glulam reads " + PlanJson.VERSION, REMEDY);
        }
        SourceIdentity source = source();
        Settings settings = settings();
        List<String> columns = list("columns", MAX_COLUMNS);
        int rowGroups = (int) number("row_groups", Integer.MAX_VALUE);
        field("dropped");
        RowGroups dropped = sources();
        List<OutputGroup> groups = groups();
        skipLosses();
        if (json.nextToken() != null) {
            throw unexpected("the end");
        }
        return new Plan(source, settings, columns, rowGroups, groups, dropped);
    }

    /** Passes over the losses that {@code plan --json} tells, which are for people and no part of the plan. */
    private void skipLosses() throws IOException {
        if (json.nextToken() == JsonToken.FIELD_NAME && json.currentName().equals(PlanJson.LOSSES)) {
            next(JsonToken.START_ARRAY);
            JsonToken token = json.nextToken();
            while (token == JsonToken.VALUE_STRING) {
                token = json.nextToken();
            }
            current(JsonToken.END_ARRAY);
            json.nextToken();
        }
        current(JsonToken.END_OBJECT);
    }

    private SourceIdentity source() throws IOException {
        field("source");
        next(JsonToken.START_OBJECT);
        String name = text("name");
        long size = number("size", Long.MAX_VALUE);
        String version = text("version");
        next(JsonToken.END_OBJECT);
        return new SourceIdentity(name, size, version);
    }

    private Settings settings() throws IOException {
        field("settings");
        next(JsonToken.START_OBJECT);
        Settings settings = Settings.read(this);
        next(JsonToken.END_OBJECT);
        return settings;
    }

    private List<OutputGroup> groups() throws IOException {
        field("groups");
        next(JsonToken.START_ARRAY);
        List<OutputGroup> groups = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            groups.add(group());
        }
        current(JsonToken.END_ARRAY);
        return groups;
    }

    private OutputGroup group() throws IOException {
        next(JsonToken.FIELD_NAME);
        OutputGroup group;
        if (json.currentName().equals("keep")) {
            int rowGroup = (int) number(Integer.MAX_VALUE);
            Reason reason = constant("reason", Reason.class);
            group = new KeptGroup(rowGroup, reason, bytes("rows"), bytes("bytes"));
        } else if (json.currentName().equals("merge")) {
            RowGroups sources = sources();
            group = new MergedGroup(sources, bytes("rows"), bytes("bytes"), columnPlans());
        } else {
            throw unexpected("\"keep\" or \"merge\"");
        }
        next(JsonToken.END_OBJECT);
        return group;
    }

    private List<ColumnPlan> columnPlans() throws IOException {
        field("columns");
        next(JsonToken.START_ARRAY);
        List<ColumnPlan> columns = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            columns.add(columnPlan(columns.size()));
            current(JsonToken.END_OBJECT);
        }
        current(JsonToken.END_ARRAY);
        return columns;
    }

    private ColumnPlan columnPlan(int leaf) throws IOException {
        Tier tier = constant("tier", Tier.class);
        Reason reason = constant("reason", Reason.class);
        long moved = bytes("moved");
        long remapped = bytes("remapped");
        long coalesced = bytes("coalesced");
        long recoded = bytes("recoded");
        long expected = bytes("expected");
        Recoding recoding = tier == Tier.RECODE ? recoding() : null;
        Sample sample = json.nextToken() == JsonToken.FIELD_NAME ? sample() : null;
        return new ColumnPlan(leaf, tier, reason, moved, remapped, coalesced, recoded, expected, recoding, sample);
    }

    private Recoding recoding() throws IOException {
        Encoding values = constant("values", Encoding.class);
        String indices = text("indices");
        return new Recoding(
                values, indices.equals(PlanJson.NONE) ? null : constant("indices", indices, Encoding.class));
    }

    /** Returns the sample, from after its name, and the end of the column after it. */
    private Sample sample() throws IOException {
        if (!json.currentName().equals("sample")) {
            throw unexpected("the field \"sample\"");
        }
        next(JsonToken.START_OBJECT);
        int windows = (int) number("windows", Integer.MAX_VALUE);
        long values = bytes("values");
        long bytes = bytes("bytes");
        field("distinct");
        next(JsonToken.VALUE_NUMBER_INT);
        Sample sample = new Sample(windows, values, bytes, json.getLongValue(), bytes("cheapest"));
        next(JsonToken.END_OBJECT);
        next(JsonToken.END_OBJECT);
        return sample;
    }

    private RowGroups sources() throws IOException {
        next(JsonToken.START_ARRAY);
        RowGroups.Builder sources = new RowGroups.Builder();
        while (json.nextToken() == JsonToken.START_ARRAY) {
            sources.addRange((int) number(Integer.MAX_VALUE), (int) number(Integer.MAX_VALUE));
            next(JsonToken.END_ARRAY);
        }
        current(JsonToken.END_ARRAY);
        return sources.build();
    }

    /** Returns the bytes or rows of a part of a plan: so few that no sum over a plan of that length overflows. */
    private long bytes(String name) throws IOException {
        return number(name, 1L << 43);
    }

    @Override
    public long number(String name, long most) throws IOException {
        field(name);
        return number(most);
    }

    private long number(long most) throws IOException {
        next(JsonToken.VALUE_NUMBER_INT);
        long number = json.getLongValue();
        if (number < 0 || number > most) {
            throw unexpected("a number from 0 to " + most);
        }
        return number;
    }

    @Override
    public String text(String name) throws IOException {
        field(name);
        next(JsonToken.VALUE_STRING);
        return json.getText();
    }

    @Override
    public String textOrNumber(String name) throws IOException {
        field(name);
        JsonToken token = json.nextToken();
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
            throw unexpected("a text or a whole number");
        }
        return json.getText();
    }

    @Override
    public List<String> list(String name, int max) throws IOException {
        field(name);
        next(JsonToken.START_ARRAY);
        List<String> values = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            if (values.size() == max) {
                throw new IllegalArgumentException("more than " + max + " " + name);
            }
            values.add(json.getText());
        }
        current(JsonToken.END_ARRAY);
        return values;
    }

    @Override
    public boolean flag(String name) throws IOException {
        field(name);
        JsonToken token = json.nextToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw unexpected("true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private <E extends Enum<E>> E constant(String name, Class<E> type) throws IOException {
        return constant(name, text(name), type);
    }

    @Override
    public <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new Unsupported(
                place, "a plan with the " + name + " " + PlanText.printable(text) + ", unknown to this Glulam", REMEDY);
    }

    private void field(String name) throws IOException {
        if (json.nextToken() != JsonToken.FIELD_NAME || !json.currentName().equals(name)) {
            throw unexpected("the field \"" + name + "\"");
        }
    }

    private void next(JsonToken expected) throws IOException {
        json.nextToken();
        current(expected);
    }

    private void current(JsonToken expected) throws IOException {
        if (json.currentToken() != expected) {
            throw unexpected(describe(expected));
        }
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case END_OBJECT -> "the end of the object";
            case START_ARRAY -> "an array";
            case END_ARRAY -> "the end of the array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "a whole number";
            default -> "a field";
        };
    }

    private CorruptFile unexpected(String expected) {
        return new CorruptFile(
                place,
                "not a plan: " + expected + " expected in line "
                        + json.currentTokenLocation().getLineNr() + ", column "
                        + json.currentTokenLocation().getColumnNr(),
                REMEDY);
    }
}

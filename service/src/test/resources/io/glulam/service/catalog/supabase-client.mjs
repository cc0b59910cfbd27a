// Asks the stand-in what the real client can ask, and says what is not as Supabase answers: node FILE URL SECRET TOKEN
import { PostgrestClient } from "@supabase/postgrest-js";

const [url, secret, token] = process.argv.slice(2);
const root = `${url}/rest/v1`;
const client = new PostgrestClient(root, { headers: { apikey: secret } });
let wrong = 0;

function check(name, actual, expected) {
    const same = JSON.stringify(actual) === JSON.stringify(expected);
    console.log(`${same ? "ok" : "not ok"} ${name}${same ? "" : `: ${JSON.stringify(actual)}`}`);
    wrong += same ? 0 : 1;
}

const table = client.from("datasets");
const added = await client.from("datasets")
    .insert({ id: "a, (b).c", bucket_key: "k", compaction_needed: true, updated_at: "2026-01-31T12:00:00.123456Z" })
    .select("id");
check("insert", [added.status, added.data, added.error], [201, [{ id: "a, (b).c" }], null]);
const twice = await client.from("datasets").insert({ id: "a, (b).c" }).select();
check("insert again", [twice.status, twice.data, twice.error?.code], [409, null, "23505"]);

const found = await table.select("id:id::text,key:bucket_key,size:file_size_bytes,updated_at").eq("id", "a, (b).c");
check("select", [found.status, found.data], [200, [
    { id: "a, (b).c", key: "k", size: null, updated_at: "2026-01-31T12:00:00.123456+00:00" }]]);
const none = await client.from("datasets").select("id").eq("id", "nobody");
check("select of no row", [none.status, none.data, none.error], [200, [], null]);
const single = await client.from("datasets").select("id").eq("id", "nobody").single();
check("single of no row", [single.status, single.data, single.error?.code], [406, null, "PGRST116"]);
const maybe = await client.from("datasets").select("id").eq("id", "a, (b).c").maybeSingle();
check("single of a row", [maybe.status, maybe.data], [200, { id: "a, (b).c" }]);

const version = found.data[0].updated_at;
const kept = await client.from("datasets").update({ compaction_needed: false })
    .eq("id", "a, (b).c").eq("updated_at", "2000-01-01T00:00:00+00:00").select("id");
check("compare-and-set of another version", [kept.status, kept.data, kept.error], [200, [], null]);
const cleared = await client.from("datasets").update({ compaction_needed: false, file_size_bytes: 4711 })
    .eq("id", "a, (b).c").eq("updated_at", version).select("id,file_size_bytes");
check("compare-and-set", [cleared.status, cleared.data], [200, [{ id: "a, (b).c", file_size_bytes: 4711 }]]);
const quiet = await client.from("datasets").update({ compaction_needed: true }).eq("id", "a, (b).c");
check("update that returns nothing", [quiet.status, quiet.data, quiet.error], [204, null, null]);
const all = await client.from("datasets").update({ compaction_needed: true });
check("update without a filter", [all.status, all.error?.code], [400, "21000"]);

await client.from("datasets").insert({ id: "b", compaction_needed: true });
const page = await client.from("datasets").select("id").eq("compaction_needed", true).gt("id", "a, (b).c")
    .order("id", { ascending: true }).limit(5);
check("order and limit", [page.status, page.data], [200, [{ id: "b" }]]);
const either = await client.from("datasets").select("id").in("id", ["b", "a, (b).c", "nobody"]).order("id");
check("in a list", [either.status, either.data], [200, [{ id: "a, (b).c" }, { id: "b" }]]);
const never = await client.from("datasets").select("id").is("last_compacted_at", null).limit(1).order("id");
check("is null", never.data, [{ id: "a, (b).c" }]);

const unknown = await client.from("nothing").select();
check("unknown table", [unknown.status, unknown.error?.code], [404, "PGRST205"]);
const column = await client.from("datasets").select("surprise");
check("unknown column", [column.status, column.error?.code], [400, "42703"]);
const written = await client.from("datasets").update({ surprise: 1 }).eq("id", "b");
check("unknown column written", [written.status, written.error?.code], [400, "PGRST204"]);
const schema = await client.schema("hidden").from("datasets").select();
check("schema that is not exposed", [schema.status, schema.error?.code], [406, "PGRST106"]);
const type = await client.from("datasets").select("id").eq("file_size_bytes", "much");
check("value of another type", [type.status, type.error?.code], [400, "22P02"]);

const older = new PostgrestClient(root, { headers: { apikey: token, Authorization: `Bearer ${token}` } });
check("JSON web token", (await older.from("datasets").select("id").eq("id", "b")).data, [{ id: "b" }]);
const stranger = await new PostgrestClient(root, { headers: { apikey: "sb_secret_other" } }).from("datasets").select();
check("wrong key", [stranger.status, stranger.error?.message], [401, "Invalid API key"]);
const nobody = await new PostgrestClient(root).from("datasets").select();
check("no key", [nobody.status, nobody.error?.message], [401, "No API key found in request"]);

console.log(`${wrong} wrong`);
process.exit(wrong === 0 ? 0 : 1);

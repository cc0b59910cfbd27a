#!/bin/sh
# Compacts an object in Cloudflare's own emulator of R2, on this machine: needs Node from 20 on (npm downloads the
# emulator, 26 packages) and what ./glulam needs. Nothing leaves the machine; everything lies under target/r2-local.
#
#   examples/r2-local.sh          makes a fragmented object, compacts it in the emulator, compares
#   examples/r2-local.sh serve    only runs the emulator, until Ctrl-C
set -eu

version=4.20260730.0
port=${R2_PORT:-8799}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$root/target/r2-local

command -v node > /dev/null || { echo "Node is needed: https://nodejs.org" >&2; exit 69; }
mkdir -p "$work"
if [ ! -d "$work/node_modules/miniflare" ]; then
    (cd "$work" && npm install --no-audit --no-fund --loglevel=error "miniflare@$version" > /dev/null)
fi
cat > "$work/serve.mjs" << END
import { Miniflare } from "miniflare";
const emulator = new Miniflare({
  modules: true, script: "export default { fetch() { return new Response('R2') } }", compatibilityDate: "2026-01-01",
  host: "127.0.0.1", port: $port,
  r2Buckets: { B: { id: "bkt", s3Credentials: { accessKeyId: "AK", secretAccessKey: "SK" } } } });
await emulator.ready;
console.log("ready");
END

export AWS_ACCESS_KEY_ID=AK AWS_SECRET_ACCESS_KEY=SK
export AWS_ENDPOINT_URL="http://127.0.0.1:$port/cdn-cgi/local/r2/s3"
if [ "${1:-}" = serve ]; then
    echo "The bucket is bkt: in another shell, glulam inspect r2://bkt/KEY after"
    echo "export AWS_ACCESS_KEY_ID=AK AWS_SECRET_ACCESS_KEY=SK AWS_ENDPOINT_URL=$AWS_ENDPOINT_URL"
    cd "$work" && exec node serve.mjs
fi

(cd "$work" && exec node serve.mjs) > "$work/emulator.log" 2>&1 &
emulator=$!
# The killed server's status must not become this script's.
trap 'kill $emulator 2> /dev/null || true; wait $emulator 2> /dev/null || true' EXIT
trap 'exit 130' INT TERM
tries=0
until grep -q ready "$work/emulator.log"; do
    tries=$((tries + 1))
    kill -0 $emulator 2> /dev/null && [ $tries -lt 300 ] || { cat "$work/emulator.log" >&2; exit 1; }
    sleep 1
done

# The emulator ignores conditions when parts are put together, which R2 does not.
run() { printf '\n$ glulam %s\n' "$*"; "$root/glulam" "$@" --without conditional-publish; }
rm -rf "$work/demo"
"$root/glulam" demo --keep "$work/demo" > /dev/null
run compact "$work/demo/fragmented.parquet" -o r2://bkt/events.parquet --threshold 1 --force
run inspect r2://bkt/events.parquet
run plan r2://bkt/events.parquet
run compact r2://bkt/events.parquet --in-place
run verify "$work/demo/fragmented.parquet" r2://bkt/events.parquet

#!/bin/sh
# Compacts an object in Adobe's S3Mock, an S3 server for tests, on this machine: needs what ./glulam needs, and Maven
# downloads the server (31 MB). Everything lies under target/s3-local. S3Mock takes any credentials; beside its port on
# 127.0.0.1 it opens one that the system chooses.
#
#   examples/s3-local.sh          makes a fragmented object, compacts it in the server, compares
#   examples/s3-local.sh serve    only runs the server, until Ctrl-C
#   examples/s3-local.sh fetch    only downloads it
set -eu

version=5.2.0
port=${S3_PORT:-8797}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$root/target/s3-local
jar=$work/s3mock-$version-exec.jar
java=${GLULAM_JAVA:-${JAVA_HOME:-}}
java=${java:+$java/bin/}java

mkdir -p "$work/tmp"
if [ ! -f "$jar" ]; then
    command -v mvn > /dev/null || { echo "Maven is needed: https://maven.apache.org" >&2; exit 69; }
    mvn -B -q -ntp -N -f "$root/pom.xml" dependency:copy -Dartifact="com.adobe.testing:s3mock:$version:jar:exec" \
        -DoutputDirectory="$work" > "$work/fetch.log" 2>&1 || { cat "$work/fetch.log" >&2; exit 69; }
fi
[ "${1:-}" != fetch ] || exit 0

serve() {
    exec "$java" -Xmx512m -Djava.io.tmpdir="$work/tmp" -jar "$jar" --server.address=127.0.0.1 \
        --server.port="$port" --server.ssl.enabled=false --http.port=0 \
        --com.adobe.testing.s3mock.store.initial-buckets=bucket
}

export AWS_ACCESS_KEY_ID=AK AWS_SECRET_ACCESS_KEY=SK
export AWS_ENDPOINT_URL="http://127.0.0.1:$port"
if [ "${1:-}" = serve ]; then
    echo "The bucket is bucket: in another shell, glulam inspect s3://bucket/KEY after"
    echo "export AWS_ACCESS_KEY_ID=AK AWS_SECRET_ACCESS_KEY=SK AWS_ENDPOINT_URL=$AWS_ENDPOINT_URL"
    serve
fi

: > "$work/server.log"
serve >> "$work/server.log" 2>&1 &
server=$!
# The killed server's status must not become this script's.
trap 'kill $server 2> /dev/null || true; wait $server 2> /dev/null || true' EXIT
trap 'exit 130' INT TERM
tries=0
until grep -q 'Started S3Mock' "$work/server.log"; do
    tries=$((tries + 1))
    kill -0 $server 2> /dev/null && [ $tries -lt 300 ] || { cat "$work/server.log" >&2; exit 1; }
    sleep 1
done

run() { printf '\n$ glulam %s\n' "$*"; "$root/glulam" "$@"; }
rm -rf "$work/demo"
"$root/glulam" demo --keep "$work/demo" > /dev/null
run store probe s3://bucket/
run compact "$work/demo/fragmented.parquet" -o s3://bucket/events.parquet --threshold 1 --force
run plan s3://bucket/events.parquet
run compact s3://bucket/events.parquet --in-place
run verify "$work/demo/fragmented.parquet" s3://bucket/events.parquet

#!/bin/sh
# Runs Iceberg's own REST catalog over SQLite on this machine, as a process of its own: Maven downloads it (some 120 MB).
# Everything lies under target/iceberg-rest. It takes any token and asks for none.
#
#   examples/iceberg-rest.sh serve    runs the catalog until Ctrl-C
#   examples/iceberg-rest.sh fetch    only downloads it
set -eu

port=${ICEBERG_REST_PORT:-8181}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$root/target/iceberg-rest
classpath=$work/classpath
java=${GLULAM_JAVA:-${JAVA_HOME:-}}
java=${java:+$java/bin/}java

mkdir -p "$work/tmp"
if [ ! -f "$classpath" ] || [ "$root/examples/iceberg-rest/pom.xml" -nt "$classpath" ]; then
    command -v mvn > /dev/null || { echo "Maven is needed: https://maven.apache.org" >&2; exit 69; }
    mvn -B -q -ntp -f "$root/examples/iceberg-rest/pom.xml" \
        org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
        -Dmdep.outputFile="$classpath" > "$work/fetch.log" 2>&1 || { cat "$work/fetch.log" >&2; exit 69; }
fi
case ${1:-} in
    fetch) exit 0 ;;
    serve) ;;
    *) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac

rm -f "$work/catalog.db"
export CATALOG_WAREHOUSE="$work/warehouse" CATALOG_URI="jdbc:sqlite:$work/catalog.db" CATALOG_REST_PORT="$port"
exec "$java" -Xmx256m -XX:+UseSerialGC -Djava.io.tmpdir="$work/tmp" -cp "$(cat "$classpath")" \
    org.apache.iceberg.rest.RESTCatalogServer

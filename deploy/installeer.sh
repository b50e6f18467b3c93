#!/bin/sh
# Zet de versie waar dit bij staat in een map van zichzelf, en wijst er pas naar als zij heel is. Wat nog loopt van een versie
# ervoor merkt er niets van: die heeft haar eigen map.
#
#   deploy/installeer.sh [MAP]      als root; standaard /opt/pleegzicht. Vraagt python3-venv; PIP_INDEX_URL zegt waar pakketten staan
set -eu
map=${1:-/opt/pleegzicht}
# Die van Debian: een andere mag de gebruiker van de dienst misschien niet uitvoeren.
python=${PYTHON:-/usr/bin/python3}
nieuw="$map-$(date -u +%Y%m%dT%H%M%SZ)"
cd "$(dirname "$0")/.."

werk=$(mktemp -d)
trap 'rm -rf "$werk"; [ "$(readlink "$map")" = "$nieuw" ] || rm -rf "$nieuw"' EXIT
"$python" -m venv "$werk/gereedschap"
"$werk/gereedschap/bin/pip" install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
"$python" -m venv --without-pip "$nieuw"
"$werk/gereedschap/bin/pip" --python "$nieuw/bin/python" install -q --disable-pip-version-check --require-hashes \
    -r requirements/run.txt
mkdir "$werk/bron"
cp -r pyproject.toml app "$werk/bron/"
"$werk/gereedschap/bin/uv" pip install -q --python "$nieuw/bin/python" --no-deps --offline "$werk/bron"
# Naast app, waar zij ook in het project staan: alembic leest ze als bestanden.
cp -r migrations "$("$nieuw/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/"
"$nieuw/bin/python" -m compileall -q "$nieuw"

ln -sfn "$nieuw" "$map.nieuw"
mv -T "$map.nieuw" "$map"
echo "$map wijst nu naar $nieuw; wat ervoor was mag weg als er niets meer van loopt."

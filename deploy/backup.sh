#!/bin/sh
# Maakt een back-up van de database, legt hem pas neer als hij heel is, en raakt dan het merk aan waar `pleegzicht gezond`
# naar kijkt. Back-ups blijven 30 dagen: een vernietigd dossier mag daarin niet langer dan 90 dagen bestaan.
#
#   backup.sh MAP MERK [DATABASE]      als een login die pleegzicht_backup mag zijn en rijbeveiliging overslaat
set -eu
umask 077
map=${1:?geef de map voor de back-ups}
merk=${2:?geef het bestand dat daarna wordt aangeraakt}
database=${3:-pleegzicht}
naam="$map/pleegzicht-$(date -u +%Y%m%dT%H%M%SZ).dump"

trap 'rm -f "$naam.half"' EXIT
pg_dump --format=custom --role=pleegzicht_backup --file="$naam.half" "$database"
# Een dump waar rijen aan ontbreken is er een die rijbeveiliging zag: dan staat er geen organisatie in.
pg_restore --data-only --table=organisatie --file=- "$naam.half" | grep -q '^[0-9]' || {
    echo "backup.sh: in de dump staat geen organisatie; mag deze login rijbeveiliging overslaan?" >&2
    exit 1
}
sync "$naam.half"
mv "$naam.half" "$naam"
find "$map" -name 'pleegzicht-*.dump' -mtime +30 -delete
touch "$merk"

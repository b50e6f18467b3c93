#!/bin/sh
# /usr/local/bin/pleegzicht: de opdrachten, met de instellingen van deze machine en als de gebruiker van de dienst. Vanaf root.
set -eu
while IFS= read -r regel; do
    case $regel in [A-Z]*=*) export "${regel?}" ;; esac
done <"${PLEEGZICHT_ENV:-/etc/pleegzicht/pleegzicht.env}"
cd /
if [ "$(id -u)" -eq 0 ]; then
    exec runuser -u pleegzicht -- /opt/pleegzicht/bin/pleegzicht "$@"
fi
exec /opt/pleegzicht/bin/pleegzicht "$@"

#!/bin/sh
# Adds a unit for each station, one object a line, and one that waits for all of them.
set -e
count=0
for file in "$1"/*.csv; do
  station=$(basename "$file" .csv)
  echo "{ \"name\": \"summary-$station\", \"script\": \"steps/summarise.sh\", \"arguments\": [\"$file\", \"obj/summaries/$station.txt\"]," \
    "\"requires\": [\"split\"], \"provides\": [\"summary\"], \"outputs\": [\"obj/summaries/$station.txt\"] }" >> "$PEXEN_UNITS"
  count=$((count + 1))
done
echo "{ \"name\": \"warmest\", \"requires\": [\"summary\"], \"command\": \"sort -t: -k2 -n obj/summaries/*.txt | tail -1\" }" >> "$PEXEN_UNITS"
echo "$count stations"

#!/bin/sh
# One file for each station.
set -e
rm -rf "$2"
mkdir -p "$2"
while IFS=, read -r station day degrees; do
  echo "$day,$degrees" >> "$2/$station.csv"
done < "$1"

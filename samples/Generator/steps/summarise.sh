#!/bin/sh
# The highest temperature of a station.
set -e
mkdir -p "$(dirname "$2")"
echo "$(basename "$1" .csv): $(cut -d, -f2 "$1" | sort -n | tail -1)" > "$2"

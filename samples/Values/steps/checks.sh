#!/bin/sh
set -e
report() { printf '{"name":"%s","status":"%s","note":"%s"}\n' "$@" >> "$PEXEN_RESULTS"; }

report "version is a number" pass "$PEXEN_SHARED_VERSION"
lines=$(printf '%s\n' "$PEXEN_SHARED_NOTES" | wc -l | tr -d ' ')
report "there are notes" pass "$lines lines"
if grep -q '"' "$PEXEN_PROJECT_DIR/CHANGES.md"; then report "notes without quotes" warn "they are hard to paste"; fi
echo "$(wc -l < "$PEXEN_RESULTS" | tr -d ' ') checks"

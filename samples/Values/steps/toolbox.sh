#!/bin/sh
set -e
# Whoever requires this finds what is in tools/ by its name.
echo "$PEXEN_PROJECT_DIR/tools" >> "$PEXEN_PATH"
echo "SHIP_TARGET=staging" >> "$PEXEN_ENV"

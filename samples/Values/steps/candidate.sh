#!/bin/sh
set -e
# The preset is a variable like any other value; what is written here replaces what was inherited.
candidate=$PEXEN_SHARED_VERSION-$PEXEN_SHARED_CHANNEL
echo "candidate $candidate"
echo "version=$candidate" >> "$PEXEN_OUTPUT"

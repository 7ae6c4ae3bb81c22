#!/bin/sh
set -e
# The lines of one version, handed on as one value.
{
  echo "notes<<END OF NOTES"
  awk -v version="# $PEXEN_SHARED_VERSION" '/^#/ { here = ($0 == version) } here && /^\*/' CHANGES.md
  echo "END OF NOTES"
} >> "$PEXEN_OUTPUT"

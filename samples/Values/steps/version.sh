#!/bin/sh
set -e
version=$(cat VERSION)
echo "version $version"
echo "version=$version" >> "$PEXEN_OUTPUT"

#!/bin/sh
# Notes what one target framework was built to, in a file that all frameworks share: record-api.sh ASSEMBLY FRAMEWORK FILE
# It reads the file and writes it again: two at a time would lose a line. That they never are is the business of the project file.
set -eu
size=$(wc -c < "$1" | tr -d ' ')
others=
[ -f "$3" ] && others=$(grep -v "^$2 " "$3" || true)
{
    [ -z "$others" ] || echo "$others"
    echo "$2 $(basename "$1")"
} > "$3"
echo "$2: $(basename "$1") has $size bytes"

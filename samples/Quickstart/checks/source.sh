#!/bin/sh
# What no compiler minds: a tab, or a blank at the end of a line.
set -eu
tab=$(printf '\t')
found=0
for file in src/*.cs; do
    line=0
    while IFS= read -r text || [ -n "$text" ]; do
        line=$((line + 1))
        case $text in
            *"$tab"* | *' ')
                echo "$file($line): error PARCEL3: a tab, or a blank at the end of the line"
                found=1
                ;;
        esac
    done < "$file"
done
exit $found

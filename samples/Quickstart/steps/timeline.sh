#!/bin/sh
# Draws what a run did, from its journal: timeline.sh events.jsonl
# One column is 50 ms. Names and times are cut out of the JSON lines by the shell alone.
set -eu
column=50000000
units=
zero=

while IFS= read -r event; do
    case $event in *'"event":"start"'* | *'"event":"end"'*) ;; *) continue ;; esac
    unit=${event#*'"unit":"'}
    unit=${unit%%'"'*}
    ns=${event#*'"ns":'}
    ns=${ns%%,*}
    zero=${zero:-$ns}
    at=$(((ns - zero) / column))
    case $event in
        *'"event":"start"'*) units="$units $unit:$at" ;;
        *) units="$units $unit/$at" ;;
    esac
done < "$1"

for entry in $units; do
    case $entry in *:*) ;; *) continue ;; esac
    unit=${entry%%:*}
    from=${entry##*:}
    to=$from
    for other in $units; do
        case $other in "$unit/"*) to=${other##*/} ;; esac
    done
    bar=
    i=0
    while [ $i -lt "$from" ]; do bar="$bar "; i=$((i + 1)); done
    while [ $i -le "$to" ]; do bar="$bar#"; i=$((i + 1)); done
    printf '%-13s |%s\n' "$unit" "$bar"
done

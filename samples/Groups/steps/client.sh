#!/bin/sh
. steps/running.sh
# Each waits for the others: with fewer than four slots nobody would ever go on.
mkdir -p "obj/clients/$PEXEN_RUN_ID"
touch "obj/clients/$PEXEN_RUN_ID/$PEXEN_UNIT"
until [ "$(ls "obj/clients/$PEXEN_RUN_ID" | wc -l)" -eq 4 ]; do sleep 0.02; done
echo "$PEXEN_UNIT met three others"

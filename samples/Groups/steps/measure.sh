#!/bin/sh
. steps/running.sh
# What else runs would be in the figures.
others=$(ls obj/running | grep -cvx "$PEXEN_UNIT")
echo "$PEXEN_UNIT measured on $(ls obj/maps | wc -l | tr -d ' ') maps, beside $others others"

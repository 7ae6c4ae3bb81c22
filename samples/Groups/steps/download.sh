#!/bin/sh
. steps/running.sh
# In earnest: curl, from a server that lets us have two connections.
sleep 0.3
cp "maps/$PEXEN_UNIT.txt" obj/maps/
echo "$PEXEN_UNIT is here"

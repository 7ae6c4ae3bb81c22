#!/bin/sh
# Pictures, as many seconds later as the argument says.
sleep "$1"
echo "$PEXEN_UNIT has drawn"

#!/bin/sh
. steps/running.sh
sleep 0.1
echo "styles are made"

#!/bin/sh
# Starts the server, asks it, stops it: api.sh parcel.dll PORT PATH ANSWER
# Every check of the server wants the same port; that they do not meet there is the business of the project file.
set -eu
. checks/expect.sh
dotnet "$1" serve "$2" > /dev/null &
server=$!
trap 'kill $server; wait $server 2> /dev/null || true' EXIT
expect "$4" dotnet "$1" ask "$2" "$3"

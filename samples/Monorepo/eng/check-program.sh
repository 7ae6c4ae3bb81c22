#!/bin/sh
# Runs a program and compares what it says with a file: check-program.sh PROGRAM EXPECTED
set -eu
actual=$(dotnet "$1")
if [ "$actual" != "$(cat "$2")" ]; then
    echo "$2(1): error HARBOR2: the program does not say this, but what follows"
    echo "$actual"
    exit 1
fi
echo "says what $2 says"

#!/bin/sh
# Two values in one go, each a property of the build.
echo "pages=$(ls pages/*.txt | wc -l | tr -d ' ')" >> "$PEXEN_OUTPUT"
echo "words=$(cat pages/*.txt | wc -w | tr -d ' ')" >> "$PEXEN_OUTPUT"

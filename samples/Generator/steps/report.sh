#!/bin/sh
cat "$1"/*.txt

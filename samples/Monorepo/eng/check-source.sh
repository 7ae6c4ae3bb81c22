#!/bin/sh
# Every source file of the project is in its namespace: check-source.sh NAMESPACE
set -eu
found=0
for file in *.cs; do
    namespace=
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in "namespace "*) namespace=${line#namespace } ;; esac
    done < "$file"
    if [ "${namespace%;}" != "$1" ]; then
        echo "$file(1): error HARBOR1: the namespace here is $1, not '${namespace%;}'"
        found=1
    fi
done
[ $found -eq 0 ] && echo "every file is in $1"
exit $found

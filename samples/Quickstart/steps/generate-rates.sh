#!/bin/sh
# Turns the tariff (a CSV file) into a C# table: generate-rates.sh rates.csv Rates.cs
set -eu
csv=$1
table=$2
line=1

# A bad line is reported the way compilers do it, so that the error in the build points to the file.
refuse() {
    echo "$csv($line): error PARCEL1: $1"
    exit 1
}

mkdir -p "$(dirname "$table")"
{
    echo "// Generated from $csv; edits are lost."
    echo "namespace Parcel;"
    echo
    echo "internal static partial class Tariff"
    echo "{"
    echo "    private static readonly Dictionary<string, Rate> s_rates = new(StringComparer.Ordinal)"
    echo "    {"
} > "$table"

{
    read -r header
    while IFS=, read -r country zone base perKilo; do
        line=$((line + 1))
        case $country in [A-Z][A-Z]) ;; *) refuse "'$country' is not a country of two letters" ;; esac
        case $zone in [1-3]) ;; *) refuse "'$zone' is not a zone (1, 2 or 3)" ;; esac
        case $base in *[!0-9.]* | '') refuse "'$base' is not a price" ;; esac
        case $perKilo in *[!0-9.]* | '') refuse "'$perKilo' is not a price" ;; esac
        echo "        [\"$country\"] = new Rate(Zone: $zone, Base: ${base}m, PerKilo: ${perKilo}m)," >> "$table"
    done
} < "$csv"

{
    echo "    };"
    echo "}"
} >> "$table"
echo "$((line - 1)) rates"

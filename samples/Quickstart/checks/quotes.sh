#!/bin/sh
# What the built program quotes, compared with the tariff as it was agreed: quotes.sh parcel.dll
set -eu
. checks/expect.sh
expect "DE 2.5 kg: 6.90" dotnet "$1" quote DE 2.5
expect "US 1 kg: 20.70" dotnet "$1" quote US 1
expect "no rate for XX" dotnet "$1" quote XX 1

#!/bin/sh
# Writes the commit that is being built into a C# file: stamp.sh Stamp.cs
# Without git, or outside of a repository, the stamp says so and the build goes on.
set -eu
commit=$(git describe --always --dirty 2> /dev/null) || commit="no commit"
mkdir -p "$(dirname "$1")"
cat > "$1" << END
namespace Parcel;

internal static class Stamp
{
    public const string Commit = "$commit";
}
END
echo "built from $commit"

#!/bin/sh
# Tells a project its name and the commit that it is built from: stamp.sh PROJECT Stamp.cs
set -eu
commit=$(git describe --always --dirty 2> /dev/null) || commit="no commit"
mkdir -p "$(dirname "$2")"
cat > "$2" << END
namespace Harbor.$1;

internal static class Stamp
{
    public const string Project = "$1";
    public const string Commit = "$commit";
}
END
echo "$1 is built from $commit"

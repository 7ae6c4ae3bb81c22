#!/bin/sh
# Makes a class of a list of words.
set -e
mkdir -p obj
{
  echo 'namespace Quickstart;'
  echo 'internal static class Greetings'
  echo '{'
  while IFS='=' read -r language text; do
    echo "    public const string $language = \"$text\";"
  done < greetings.txt
  echo '}'
} > obj/Greetings.cs
echo "$(wc -l < greetings.txt) greetings"

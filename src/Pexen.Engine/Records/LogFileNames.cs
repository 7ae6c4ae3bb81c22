using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pexen.Records;

/// <summary>Names of log files (rule 34): readable, percent-encoded, unique without case, at most 120 bytes.</summary>
internal sealed class LogFileNames
{
    private const string Ending = ".log";
    private const int LongestName = 120;

    /// <summary>Of no unit's name, encoded, so that names of attempts are nobody else's.</summary>
    private const char AttemptMark = '@';

    /// <summary>Room for the mark and the number of an attempt.</summary>
    private const int AttemptRoom = 5;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Another name at every call.</summary>
    public string Next(string unit)
    {
        string encoded = Encode(unit);
        string name = Encoding.UTF8.GetByteCount(encoded) + AttemptRoom + Ending.Length <= LongestName ? encoded : Shorten(encoded, unit);
        for (int number = 2; !_taken.Add(name); number++)
        {
            name = Shorten(encoded, string.Create(CultureInfo.InvariantCulture, $"{unit}\n{number}"));
        }

        return name + Ending;
    }

    /// <summary>The log of a unit's first attempt has the unit's name; those of further ones their number besides.</summary>
    public static string OfAttempt(string log, int attempt) =>
        attempt < 2 ? log : string.Create(CultureInfo.InvariantCulture, $"{log.AsSpan(0, log.Length - Ending.Length)}{AttemptMark}{attempt}{Ending}");

    private static string Encode(string unit)
    {
        var text = new StringBuilder(unit.Length + 8);
        int at = 0;
        foreach (Rune rune in unit.EnumerateRunes())
        {
            bool plain = Rune.IsLetterOrDigit(rune) || rune.Value is '_' or '+' or '-' || (rune.Value == '.' && at > 0);
            if (plain && !(at == 0 && IsDeviceName(unit)))
            {
                text.Append(rune);
            }
            else
            {
                AppendEncoded(text, rune);
            }

            at++;
        }

        return text.ToString();
    }

    private static void AppendEncoded(StringBuilder text, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        int count = rune.EncodeToUtf8(bytes);
        foreach (byte value in bytes[..count])
        {
            text.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }
    }

    /// <summary>Windows takes these for devices, whatever follows the first dot.</summary>
    private static bool IsDeviceName(string unit)
    {
        string stem = unit.Split('.')[0].ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && char.IsAsciiDigit(stem[3]) && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)));
    }

    private static string Shorten(string encoded, string identity)
    {
        string digest = "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 6));
        int room = LongestName - AttemptRoom - Ending.Length - digest.Length;
        var text = new StringBuilder();
        foreach (Rune rune in encoded.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            text.Append(rune);
        }

        return text.Append(digest).ToString();
    }
}

using Pexen.Model;
using Pexen.Values;

namespace Pexen;

/// <summary>What can be said of the values that units hand to each other.</summary>
internal static partial class Diagnostics
{
    private const int LinesShown = 3;

    public static Diagnostic SharedValueContradicts(string key, SourceLocation first, SourceLocation second) =>
        Error(
            "PEX1006",
            $"Shared value {Quote(key)} is preset here and, with another Value or Secret, in {Place(first)}. Allowed is one preset for each key: remove one.",
            null,
            second);

    public static Diagnostic SecretTooShort(string key, int length, int shortest, SourceLocation source) =>
        Message(
            "PEX2006",
            $"The secret {Quote(key)} has {Count(length, "character")} and is not masked in logs: only secrets of {shortest} or more are, for a shorter one stands everywhere by chance.",
            null,
            source);

    public static Diagnostic MaskTooShort(string variable, int length, int shortest) =>
        Message(
            "PEX2006",
            $"PexenMasks: the value of the environment variable {Quote(variable)} has {Count(length, "character")} and is not masked: only values of {shortest} or more are, for a shorter one stands everywhere by chance.",
            null,
            null);

    public static Diagnostic SecretTooLong(string key, int longest, SourceLocation source) =>
        Error(
            "PEX1006",
            $"The secret {Quote(key)} is longer than {Number(longest)} bytes. A secret is handed over as an environment variable and nowhere else, which cannot be longer: hand over where it is to be found.",
            null,
            source);

    public static Diagnostic SecretsVariableTaken(string variable, IReadOnlyList<string> keys, SourceLocation source) =>
        Error(
            "PEX1006",
            $"The shared values {Names([.. keys.Select(Quote)])} would all be the variable {variable}, and a secret is handed over in no other way. Allowed is one key for each variable where one is a secret: rename the others.",
            null,
            source);

    public static Diagnostic ValuesUnreadable(UnitDefinition unit, string why) =>
        Failure("PEX3013", unit, $"Unit '{unit.Name}' ended well, but what it wrote for others cannot be read: {Sentence(why)}{Hint(unit)}");

    public static Diagnostic SharedValuesConflict(UnitDefinition unit, string what, string key, string winner, IReadOnlyList<string> losers) =>
        Warning(
            "PEX4006",
            $"Unit '{unit.Name}' inherits the {what} {Quote(key)} from units that wrote different values and do not come after one another: "
                + $"that of '{winner}' counts, which comes from the provider declared last, not that of {Names(losers)}. Let one require the other, or give their values different keys.",
            unit.Name,
            unit.Source);

    public static Diagnostic SharedValueTooLong(UnitDefinition unit, string key, string variable, long size, int longest) =>
        Warning(
            "PEX4007",
            $"The shared value {Quote(key)}, which unit '{unit.Name}' inherits, has {Number(size)} bytes and so gets no variable {variable}: {Number(longest)} is the limit. It is in the file that PEXEN_SHARED names.",
            unit.Name,
            unit.Source);

    public static Diagnostic SharedKeysCollide(UnitDefinition unit, string variable, IReadOnlyList<string> keys) =>
        Warning(
            "PEX4007",
            $"The shared values {Names([.. keys.Select(Quote)])}, which unit '{unit.Name}' inherits, would all be the variable {variable}, so none is. They are in the file that PEXEN_SHARED names; rename all but one.",
            unit.Name,
            unit.Source);

    public static Diagnostic SharedValuesTooMany(UnitDefinition unit, string key, string variable, int most) =>
        Warning(
            "PEX4007",
            $"The shared values that unit '{unit.Name}' inherits are more than {Number(most)} bytes together, so {Quote(key)} gets no variable {variable}. It is in the file that PEXEN_SHARED names.",
            unit.Name,
            unit.Source);

    public static Diagnostic LinesNotUsed(UnitDefinition unit, string variable, IReadOnlyList<LineProblem> lines)
    {
        string shown = string.Join("; ", lines.Take(LinesShown).Select(line => $"line {Number(line.Line)} ('{line.Text}'): {line.Why}"));
        string more = lines.Count > LinesShown ? $"; and {Number(lines.Count - LinesShown)} more" : "";
        return Warning(
            "PEX4009",
            $"Unit '{unit.Name}' wrote {Count(lines.Count, "line")} to {variable} that cannot be used; the others count. {shown}{more}.",
            unit.Name,
            unit.Source);
    }

    public static Diagnostic ValuesOfFailedUnitUnreadable(UnitDefinition unit, string why) =>
        Warning("PEX4009", $"What unit '{unit.Name}', which failed, wrote for others cannot be read: {Sentence(why)}", unit.Name, unit.Source);
}

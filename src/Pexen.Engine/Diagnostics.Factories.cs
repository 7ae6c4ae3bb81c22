using Pexen.Model;

namespace Pexen;

/// <summary>What can be wrong with units that no item declares.</summary>
internal static partial class Diagnostics
{
    public static Diagnostic NotJson(SourceLocation at, string why) =>
        Error("PEX1006", $"{Quote(Path.GetFileName(at.File))} is not JSON: {Sentence(why)} Allowed is an array of objects, or one object after the other.", null, at);

    public static Diagnostic NoUnitObject(SourceLocation at, string what) =>
        Error("PEX1006", $"{Quote(Path.GetFileName(at.File))}: {what} where a unit was expected. A unit is an object with the names of metadata as its keys.", null, at);

    public static Diagnostic WrongJsonType(string? unit, string key, string what, string allowed, SourceLocation at) =>
        Error("PEX1006", $"{UnitOf(unit, at)}: {what} is no value for {Quote(key)}. Allowed is {allowed}.", unit, at);

    public static Diagnostic KeyGivenTwice(string? unit, string key, SourceLocation at) =>
        Error("PEX1006", $"{UnitOf(unit, at)}: {Quote(key)} is given twice (case does not count). Keep one of them.", unit, at);

    public static Diagnostic UnitWithoutName(SourceLocation at) =>
        Error("PEX1006", $"{Quote(Path.GetFileName(at.File))}: the unit has neither \"name\" nor \"include\". Allowed is a name: give it one.", null, at);

    public static Diagnostic TooManyProblems(SourceLocation at) =>
        Error("PEX1006", $"{Quote(Path.GetFileName(at.File))} has more mistakes; the rest of it was not looked at. Allowed is what is said above.", null, at);

    public static Diagnostic FactoryFileNotRead(string itemType, string file, string why, SourceLocation? item) =>
        Error("PEX1006", $"{itemType} Include={Quote(file)}: the file cannot be read: {Sentence(why)} Allowed is a file that is there before the first unit runs.", null, item);

    public static Diagnostic FactoryGaveNothing(string itemType, string what, string why, SourceLocation? source) =>
        Message("PEX2004", $"{itemType} Include={Quote(what)}: {why}, so there is no unit of it.", null, source);

    public static Diagnostic BadScriptComment(string script, string line, string allowed, SourceLocation at) =>
        Error("PEX1006", $"Script {Quote(script)}: {Quote(line)} is no line of metadata. {allowed}.", script, at);

    private static string UnitOf(string? unit, SourceLocation at) => unit is null ? $"A unit in {Quote(Path.GetFileName(at.File))}" : $"Unit {Quote(unit)}";
}

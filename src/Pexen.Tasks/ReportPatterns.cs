using System.Xml.Linq;
using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Tasks.Factories;
using Pexen.Tasks.Reading;

namespace Pexen.Tasks;

/// <summary>Says which patterns in <c>Include</c> matched no file (PEX2004). MSBuild makes no item of such a pattern, so only the XML tells.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReportPatterns : Microsoft.Build.Utilities.Task
{
    /// <summary>Absolute paths of the files to look through; some may not be there, some be named often.</summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>What the project has of the types that may be patterns.</summary>
    public ITaskItem[] Units { get; set; } = [];

    private static readonly string[] ItemTypes = ["PexenUnit", ScriptUnits.ItemType, ManifestUnits.ItemType];

    /// <inheritdoc />
    public override bool Execute()
    {
        string[] includes = [.. Units.Select(unit => unit.ItemSpec)];
        foreach (string file in Files.Select(file => file.ItemSpec).Where(Path.IsPathRooted).Distinct(StringComparer.Ordinal).Where(HasPattern))
        {
            var xml = new ProjectXml(file);
            foreach (string itemType in ItemTypes)
            {
                foreach ((string pattern, XElement element) in xml.Patterns(itemType))
                {
                    if (!includes.Any(include => GlobText.Matches(pattern, include)))
                    {
                        Say(itemType, pattern, file, element);
                    }
                }
            }
        }

        return true;
    }

    private void Say(string itemType, string pattern, string file, XElement element)
    {
        (int line, int column) = ProjectXml.Position(element);
        Diagnostic said = Diagnostics.PatternMatchedNothing(pattern, new SourceLocation(file, line, column), itemType);
        Log.LogMessage(null, said.Code, null, file, line, column, 0, 0, MessageImportance.Normal, "{0}", said.Message);
    }

    /// <summary>Most files need no more than this look.</summary>
    private static bool HasPattern(string file)
    {
        try
        {
            string text = File.ReadAllText(file);
            return text.Contains("<Pexen", StringComparison.Ordinal) && text.AsSpan().IndexOfAny('*', '?') >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Tasks.Reading;
using Pexen.Values;

namespace Pexen.Tasks.Logging;

/// <summary>Says diagnostics and output on the build log: coded, with file, line and help link.</summary>
internal sealed class BuildLog(TaskLoggingHelper log, BuildContext context, Declarations declarations)
{
    private readonly Dictionary<string, ProjectXml> _files = [];
    private readonly SecretMask? _mask = MaskOf(context);

    /// <summary>Whether an error has been said: a task that fails without one gets MSB4181 instead of an explanation.</summary>
    public bool SaidError { get; private set; }

    public void Say(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            Say(diagnostic);
        }
    }

    /// <param name="diagnostic">What to say.</param>
    /// <param name="loud">Of a message: so that it is seen at the verbosity that people build with.</param>
    public void Say(Diagnostic diagnostic, bool loud = false)
    {
        SourceLocation at = Locate(diagnostic);
        string message = Mask(diagnostic.Message);
        string? help = HelpLink(diagnostic.Code);
        switch (diagnostic.Severity)
        {
            case Severity.Error:
                SaidError = true;
                log.LogError(null, diagnostic.Code, null, help, at.File, at.Line, at.Column, 0, 0, "{0}", message);
                break;
            case Severity.Warning:
                log.LogWarning(null, diagnostic.Code, null, help, at.File, at.Line, at.Column, 0, 0, "{0}", message);
                break;
            default:
                MessageImportance importance = loud ? MessageImportance.High : MessageImportance.Normal;
                log.LogMessage(null, diagnostic.Code, null, at.File, at.Line, at.Column, 0, 0, importance, "{0}", loud ? TerminalLogger.Seen(message) : message);
                break;
        }
    }

    public void Tell(string text) => log.LogMessage(MessageImportance.High, "{0}", TerminalLogger.Seen(Mask(text)));

    /// <summary>Without the values of the variables that <c>PexenMasks</c> names.</summary>
    public string Mask(string text) => _mask is null ? text : _mask.Apply(text);

    /// <summary>Whether any logger writes down what <see cref="Detail"/> says.</summary>
    public bool TakesDetails => log.LogsMessagesOfImportance(MessageImportance.Low);

    public void Detail(string text) => log.LogMessage(MessageImportance.Low, "{0}", Mask(text));

    /// <summary>Shows what a unit wrote, in pieces, for a log may be larger than memory.</summary>
    public void Show(OutputMessage output)
    {
        foreach (string piece in LogExcerpt.Read(output.Log, output.LastLines))
        {
            Tell(piece);
        }
    }

    private static SecretMask? MaskOf(BuildContext context) =>
        context.Properties.TryGetValue("PexenMasks", out string? names)
            ? SecretMask.For(MaskNames.Read(names).Select(Environment.GetEnvironmentVariable).OfType<string>())
            : null;

    private SourceLocation Locate(Diagnostic diagnostic)
    {
        SourceLocation location = diagnostic.Location ?? context.Project;
        bool ours = diagnostic.Code.StartsWith("PEX", StringComparison.Ordinal) || diagnostic.Location is null;
        if (ours && location is { Line: 0, ItemType: null } && diagnostic.Unit is string unit && declarations.SourceOf(unit) is SourceLocation declared)
        {
            location = declared;
        }

        if (location.Line > 0 || declarations.Find(location) is not ItemPlace place)
        {
            return location;
        }

        if (!_files.TryGetValue(location.File, out ProjectXml? file))
        {
            _files[location.File] = file = new ProjectXml(location.File);
        }

        if (file.Find(place) is not XElement element)
        {
            return location;
        }

        (int line, int column) = ProjectXml.Position(element);
        return location with { Line = line, Column = column };
    }

    private string? HelpLink(string code)
    {
        string page = Path.Combine(context.Docs, "diagnostics", code + ".md");
        return code.StartsWith("PEX", StringComparison.Ordinal) ? new Uri(page).AbsoluteUri : null;
    }
}

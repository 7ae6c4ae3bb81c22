using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Pexen.Execution.Exchange;
using Pexen.Model;

namespace Pexen.Execution.Local;

/// <summary>
/// The environment of units: that of the build, without what MSBuild and the dotnet command put into it, and with what keeps a <c>dotnet</c>
/// inside a unit from leaving a node or a server behind.
/// </summary>
internal sealed class ChildEnvironment
{
    public const string Unit = "PEXEN_UNIT";
    public const string RunId = "PEXEN_RUN_ID";

    /// <summary>Carries what the ancestors of a nested build hold; the one variable of ours that is passed on.</summary>
    public const string Ancestors = "PEXEN_ANCESTORS";

    private const string Prefix = "PEXEN_";

    private static readonly StringComparer Names = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Set by the dotnet command or MSBuild for its own children, whatever their value; found by comparing the environment of an Exec task with that of a shell.</summary>
    private static readonly HashSet<string> Foreign = new(Names)
    {
        "DOTNET_HOST_PATH",
        "MSBUILDUSESERVER",
        "_MSBUILDTLENABLED",
    };

    /// <summary>Set by the dotnet command to just these values. Another value is the user's own and stays.</summary>
    private static readonly Dictionary<string, string> ForeignValues = new(Names)
    {
        ["MSBUILDFAILONDRIVEENUMERATINGWILDCARD"] = "1",
        ["MSBuildLoadMicrosoftTargetsReadOnly"] = "true",
        ["DOTNET_NUGET_SIGNATURE_VERIFICATION"] = "True",
    };

    /// <summary>Folders and files of the running SDK. One that lies elsewhere is the user's own and stays.</summary>
    private static readonly string[] ForeignPaths = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildToolsPath"];

    /// <summary>MSBuild takes environment variables for properties, which turns off the compiler and Razor servers.</summary>
    private static readonly NamedValue[] NothingStaysBehind =
    [
        new("MSBUILDDISABLENODEREUSE", "1"),
        new("DOTNET_CLI_USE_MSBUILD_SERVER", "0"),
        new("UseSharedCompilation", "false"),
        new("UseRazorBuildServer", "false"),
    ];

    private readonly Dictionary<string, string> _base;

    /// <summary>The same, to be copied; ours come after it, for none of their names is in it.</summary>
    private readonly NamedValue[] _list;

    private ChildEnvironment(Dictionary<string, string> variables)
    {
        _base = variables;
        _list = ToArray(variables);
    }

    public static ChildEnvironment OfThisProcess()
    {
        var variables = new Dictionary<string, string>(Names);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return From(variables);
    }

    public static ChildEnvironment From(IReadOnlyDictionary<string, string> host)
    {
        string? root = host.TryGetValue("DOTNET_HOST_PATH", out string? dotnet) ? Path.GetDirectoryName(dotnet) : null;
        var kept = new Dictionary<string, string>(Names);
        foreach ((string name, string value) in host)
        {
            if (!IsForeign(name, value, root))
            {
                kept[name] = value;
            }
        }

        foreach ((string name, string value) in NothingStaysBehind)
        {
            kept[name] = value;
        }

        return new ChildEnvironment(kept);
    }

    /// <summary>
    /// The whole environment of one attempt. What its providers set wins over the build's environment, the unit's own variables over that, and ours over all;
    /// its providers' folders go before whichever PATH that comes to.
    /// </summary>
    public ImmutableArray<NamedValue> For(AttemptIdentity identity, IEnumerable<NamedValue> own, InheritedVariables? inherited = null)
    {
        if (own is ICollection<NamedValue> { Count: 0 } && inherited is { Environment.Count: 0, Folders.IsEmpty: true })
        {
            return Plain(identity, inherited.Ours);
        }

        var variables = new Dictionary<string, string>(_base, Names);
        if (inherited is not null)
        {
            foreach (NamedValue variable in inherited.Environment)
            {
                variables[variable.Key] = variable.Value;
            }
        }

        foreach ((string name, string value) in own)
        {
            variables[name] = value;
        }

        foreach ((string name, string value) in Of(identity))
        {
            variables[name] = value;
        }

        if (inherited is not null)
        {
            AddInherited(variables, inherited);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(ToArray(variables));
    }

    /// <summary>What every unit of a run finds, whichever it is: the environment of the processes that methods run in.</summary>
    public ImmutableArray<NamedValue> ForWorker(string runId) => [.. _list, new NamedValue(RunId, runId)];

    /// <summary>For most units, and much cheaper: nothing is set twice, so nothing has to be looked up.</summary>
    private ImmutableArray<NamedValue> Plain(AttemptIdentity identity, IReadOnlyList<NamedValue> ours)
    {
        ReadOnlySpan<NamedValue> identifying = Of(identity);
        var all = new NamedValue[_list.Length + identifying.Length + ours.Count];
        _list.CopyTo(all, 0);
        identifying.CopyTo(all.AsSpan(_list.Length));
        for (int index = 0; index < ours.Count; index++)
        {
            all[_list.Length + identifying.Length + index] = ours[index];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(all);
    }

    private static ReadOnlySpan<NamedValue> Of(AttemptIdentity identity)
    {
        var all = new NamedValue[7];
        all[0] = new NamedValue(Unit, identity.Unit);
        all[1] = new NamedValue(RunId, identity.RunId);
        all[2] = new NamedValue("PEXEN_ATTEMPT", Text(identity.Attempt));
        all[3] = new NamedValue("PEXEN_PROJECT_DIR", identity.ProjectDirectory);
        all[4] = new NamedValue("PEXEN_SLOT", Text(identity.Slot));
        all[5] = new NamedValue("PEXEN_SLOTS", Text(identity.Slots));
        if (identity.Ancestors is null)
        {
            return all.AsSpan(0, 6);
        }

        all[6] = new NamedValue(Ancestors, identity.Ancestors);
        return all;
    }

    private static NamedValue[] ToArray(Dictionary<string, string> variables)
    {
        var all = new NamedValue[variables.Count];
        int next = 0;
        foreach ((string name, string value) in variables)
        {
            all[next++] = new NamedValue(name, value);
        }

        return all;
    }

    private static void AddInherited(Dictionary<string, string> variables, InheritedVariables inherited)
    {
        foreach (NamedValue variable in inherited.Ours)
        {
            variables[variable.Key] = variable.Value;
        }

        if (!inherited.Folders.IsEmpty)
        {
            string folders = string.Join(Path.PathSeparator, inherited.Folders);
            variables["PATH"] = variables.TryGetValue("PATH", out string? path) && path.Length > 0 ? folders + Path.PathSeparator + path : folders;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsForeign(string name, string value, string? root) =>
        name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        || Foreign.Contains(name)
        || (ForeignValues.TryGetValue(name, out string? theirs) && value == theirs)
        || (ForeignPaths.Contains(name, Names) && (root is null || value.StartsWith(root, StringComparison.Ordinal)));
}

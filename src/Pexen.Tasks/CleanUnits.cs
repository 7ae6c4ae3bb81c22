using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Build.Framework;
using Pexen.Planning;
using Pexen.Records;
using Pexen.Tasks.Running;

namespace Pexen.Tasks;

/// <summary>Removes what units made and nobody changed since, then the records. Nothing outside the project's folder or repository, nothing that is not recorded.</summary>
[MSBuildMultiThreadableTask]
public sealed class CleanUnits : PexenTask
{
    /// <summary>Whose records: those of the project's runs, of the target framework's, or, with both, all that there are.</summary>
    [Required]
    public string[] RunPer { get; set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        HashSet<string> kept = new(Declared.Units.Where(KeepsOutputs).Select(UnitReader.NameOf), StringComparer.OrdinalIgnoreCase);
        string buildId = BuildIdentity();
        foreach (string folder in Folders().ToList())
        {
            // Rebuild cleans some instances when others, or a reference, have begun to build: what this very build made is no rubbish.
            if (new RunFolder(folder).RecordOfBuild(buildId) is not null)
            {
                continue;
            }

            if (RunRecordReader.TryRead(new RunFolder(folder).Record) is RunRecord record)
            {
                kept.UnionWith(KeptOfAdded(record));
                // Links first: what one is compared by is the file that it leads to.
                foreach (OutputRecord output in record.Units.Where(unit => !kept.Contains(unit.Name)).SelectMany(unit => unit.Outputs).OrderBy(IsNoLink))
                {
                    Remove(output);
                }
            }

            RemoveRecords(folder);
        }

        return !BuildLog.SaidError;
    }

    private static bool KeepsOutputs(UnitDeclaration unit) =>
        unit.Metadata.GetValueOrDefault("CleanOutputs", "").Trim().Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>What units say that were added during the run is among its logs.</summary>
    private IEnumerable<string> KeptOfAdded(RunRecord record)
    {
        IEnumerable<string> files = record.Units.Where(unit => unit.AddedBy is not null && !unit.Outputs.IsEmpty).Select(unit => unit.Origin?.File).OfType<string>().Distinct();
        foreach (string path in files.Select(file => Path.GetFullPath(file, Context.ProjectDirectory)).Where(File.Exists))
        {
            using FileStream stream = File.OpenRead(path);
            foreach (UnitDeclaration unit in new JsonUnitReader(path, null, ImmutableDictionary<string, string>.Empty, []).Read(stream).Where(KeepsOutputs))
            {
                yield return UnitReader.NameOf(unit);
            }
        }
    }

    private IEnumerable<string> Folders() => RunPer switch
    {
        [nameof(Model.RunPer.Project)] => RecordFolders.OfProject(Context),
        [nameof(Model.RunPer.TargetFramework)] => RecordFolders.OfFramework(Context),
        _ => RecordFolders.WithPlans(Context),
    };

    private void Remove(OutputRecord output)
    {
        string path = PathOf(output);
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && LinkedPath.PassesLink(Context.ProjectDirectory, path))
            {
                BuildLog.Detail($"[pexen] kept {output.Path}, for the way to it leads through a link");
            }
            else if (file.Exists && LengthOf(file) == output.Size && DigestOf(path) == output.Digest)
            {
                file.Delete();
                BuildLog.Detail($"[pexen] deleted {output.Path}");
            }
            else if (file.Exists)
            {
                BuildLog.Detail($"[pexen] kept {output.Path}, which is not as it was made");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LogWarning("{0}", $"'{output.Path}' cannot be deleted: {exception.Message}");
        }
    }

    private string PathOf(OutputRecord output) => Path.GetFullPath(output.Path, Context.ProjectDirectory);

    private bool IsNoLink(OutputRecord output) => new FileInfo(PathOf(output)).LinkTarget is null;

    /// <summary>Of the file behind it, where it is a link; of a link to nothing none that a record has.</summary>
    private static long LengthOf(FileInfo file) => file.ResolveLinkTarget(returnFinalTarget: true) switch
    {
        null => file.Length,
        FileInfo { Exists: true } target => target.Length,
        _ => -1,
    };

    private void RemoveRecords(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LogWarning("{0}", $"'{folder}' cannot be deleted: {exception.Message}");
        }
    }

    private static string DigestOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

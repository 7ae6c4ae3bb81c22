using System.Security.Cryptography;
using Microsoft.Build.Framework;
using Pexen.Planning;
using Pexen.Records;
using Pexen.Tasks.Reading;
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
        HashSet<string> kept = new(
            Declared.Units.Where(unit => unit.Metadata.GetValueOrDefault("CleanOutputs", "").Trim().Equals("false", StringComparison.OrdinalIgnoreCase)).Select(UnitReader.NameOf),
            StringComparer.OrdinalIgnoreCase);
        string buildId = BuildId.Of(BuildEngine, Context.BuildIdentity);
        foreach (string folder in Folders().ToList())
        {
            // Rebuild cleans some instances when others, or a reference, have begun to build: what this very build made is no rubbish.
            if (new RunFolder(folder).RecordOfBuild(buildId) is not null)
            {
                continue;
            }

            if (RunRecordReader.TryRead(new RunFolder(folder).Record) is RunRecord record)
            {
                foreach (OutputRecord output in record.Units.Where(unit => !kept.Contains(unit.Name)).SelectMany(unit => unit.Outputs))
                {
                    Remove(output);
                }
            }

            RemoveRecords(folder);
        }

        return !BuildLog.SaidError;
    }

    private IEnumerable<string> Folders() => RunPer switch
    {
        [nameof(Model.RunPer.Project)] => RecordFolders.OfProject(Context),
        [nameof(Model.RunPer.TargetFramework)] => RecordFolders.OfFramework(Context),
        _ => RecordFolders.Of(Context),
    };

    private void Remove(OutputRecord output)
    {
        string path = Path.GetFullPath(output.Path, Context.ProjectDirectory);
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.LinkTarget is null && file.Length == output.Size && DigestOf(path) == output.Digest)
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

    internal static string NameOf(ITaskItem unit) => unit.GetMetadata("Name") is { Length: > 0 } name ? name : unit.ItemSpec;
}

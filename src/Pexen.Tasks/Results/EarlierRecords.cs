using Pexen.Model;
using Pexen.Planning;
using Pexen.Records;
using Pexen.Tasks.Reading;

namespace Pexen.Tasks.Results;

/// <summary>The last records of the project's other runs, read when a requirement asks.</summary>
internal sealed class EarlierRecords(BuildContext context) : IEarlierPhases
{
    public EarlierRun? Last(PhaseRun run)
    {
        if (RunRecordReader.TryRead(new RunFolder(context.FolderOf(run)).Record) is not RunRecord record)
        {
            return null;
        }

        Dictionary<string, string> provided = new(StringComparer.OrdinalIgnoreCase);
        foreach (UnitRecord unit in record.Units.Where(UnitRecords.Provided))
        {
            provided[unit.Name] = unit.Definition ?? "";
        }

        return new EarlierRun(record.Outcome == nameof(RunOutcome.Succeeded), provided);
    }
}

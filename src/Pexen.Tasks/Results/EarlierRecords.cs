using Pexen.Model;
using Pexen.Planning;
using Pexen.Records;
using Pexen.Tasks.Reading;

namespace Pexen.Tasks.Results;

/// <summary>The last records of the project's other runs, read when a requirement asks.</summary>
/// <param name="context">Of the project.</param>
/// <param name="buildId">Of the build that asks.</param>
internal sealed class EarlierRecords(BuildContext context, Func<string> buildId) : IEarlierPhases
{
    public EarlierRun? Last(PhaseRun run)
    {
        RunFolder folder = new(context.FolderOf(run));
        RunRecord? ofThisBuild = folder.RecordOfBuild(buildId());
        if ((ofThisBuild ?? RunRecordReader.TryRead(folder.Record)) is not RunRecord record)
        {
            return null;
        }

        Dictionary<string, EarlierUnit> units = new(StringComparer.OrdinalIgnoreCase);
        foreach (UnitRecord unit in record.Units)
        {
            if (Enum.TryParse(unit.Outcome, out Outcome outcome))
            {
                units[unit.Name] = new EarlierUnit(unit.Definition ?? "", outcome, unit.Code, unit.Reason);
            }
        }

        return new EarlierRun(record.Outcome == nameof(RunOutcome.Succeeded), units, ofThisBuild is not null);
    }
}

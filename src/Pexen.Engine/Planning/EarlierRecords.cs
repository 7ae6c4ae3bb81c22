using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Rule 7: a requirement that its own run does not meet is met by the last record of an earlier one, if that succeeded and every matching
/// provider in it provided with its present definition. The nearest run comes first; one is enough.
/// </summary>
internal sealed class EarlierRecords(PlanRequest request, CapabilityIndex capabilities, OnDemandUnits onDemand, ICollection<Diagnostic> problems)
{
    private readonly IReadOnlyList<PhaseRun> _seen = Phases.SeenBy(request.Run);
    private readonly Dictionary<PhaseRun, EarlierRun?> _records = [];
    private readonly Dictionary<string, (PhaseRun Run, string Why)?> _answers = new(StringComparer.OrdinalIgnoreCase);

    public void Check(RunGraph graph)
    {
        foreach (EarlierRequirement requirement in graph.FromEarlier)
        {
            if (!_answers.TryGetValue(requirement.Text, out (PhaseRun Run, string Why)? refusal))
            {
                refusal = Refusal(requirement);
                _answers.Add(requirement.Text, refusal);
            }

            if (refusal is { } known)
            {
                UnitDefinition unit = request.Units[graph.Members[requirement.Member]];
                problems.Add(Diagnostics.EarlierPhaseNotValid(unit, requirement.Metadata, requirement.Text, known.Run, known.Why));
            }
        }
    }

    /// <summary>Null where the requirement is met, else the nearest run that could meet it, and why it does not.</summary>
    private (PhaseRun Run, string Why)? Refusal(EarlierRequirement requirement)
    {
        (PhaseRun Run, string Why)? nearest = null;
        foreach (PhaseRun run in _seen)
        {
            foreach (Requirement alternative in requirement.Alternatives)
            {
                ImmutableArray<UnitDefinition> providers = Matching(alternative, run);
                if (providers.IsEmpty)
                {
                    continue;
                }

                bool oneIsEnough = requirement.Alternatives.Count > 1 || requirement.Metadata == "RequiresAny";
                if (WhyNot(run, providers, oneIsEnough) is not { } why)
                {
                    return null;
                }

                nearest ??= (run, why);
            }
        }

        return nearest;
    }

    private string? WhyNot(PhaseRun run, ImmutableArray<UnitDefinition> providers, bool oneIsEnough)
    {
        if (!_records.TryGetValue(run, out EarlierRun? record))
        {
            record = request.EarlierPhases?.Last(run);
            _records.Add(run, record);
        }

        if (record is null)
        {
            return "it has not run yet";
        }

        if (!record.Succeeded)
        {
            return "its last run did not succeed";
        }

        string?[] refusals = [.. providers.Select(unit => WhyNot(record, unit))];
        return oneIsEnough && refusals.Contains(null) ? null : refusals.FirstOrDefault(refusal => refusal is not null);
    }

    private static string? WhyNot(EarlierRun record, UnitDefinition unit)
    {
        if (unit.Service is not null)
        {
            return $"unit {Diagnostics.Quote(unit.Name)} is a service, which is up only for its own phase";
        }

        EarlierUnit? earlier = record.Units.GetValueOrDefault(unit.Name);
        if (earlier is not null && !record.OfThisBuild && earlier.Digest != unit.Digest)
        {
            return $"unit {Diagnostics.Quote(unit.Name)} has been changed since its last run";
        }

        return earlier is not null && earlier.Provided(unit) ? null : $"unit {Diagnostics.Quote(unit.Name)} did not provide in its last run";
    }

    /// <summary>Those that are planned there. Where none is, nobody but the present selection asked for them, and they have not run.</summary>
    private ImmutableArray<UnitDefinition> Matching(Requirement requirement, PhaseRun run)
    {
        int name = capabilities.Find(requirement.Name);
        List<UnitDefinition> matching = [];
        List<UnitDefinition> notPlanned = [];
        foreach (Provider provider in name < 0 ? [] : capabilities.Providers(name))
        {
            UnitDefinition unit = request.Units[provider.Unit];
            if (run.Has(unit) && provider.Meets(requirement.Range))
            {
                (unit.OnDemand && !onDemand.IsChosen(run, provider.Unit) ? notPlanned : matching).Add(unit);
            }
        }

        return matching.Count > 0 ? [.. matching] : [.. notPlanned];
    }
}

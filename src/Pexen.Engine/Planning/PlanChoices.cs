using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Says which units meet a requirement and why others do not, wherever there was a choice; each distinct requirement once.</summary>
internal sealed class PlanChoices(PlanRequest request, CapabilityIndex capabilities, RunGraph graph)
{
    /// <summary>Lists end here: a sentence of thousands explains nothing.</summary>
    private const int Shown = 12;

    private readonly HashSet<int> _planned = [.. graph.Members];
    private readonly HashSet<(string Text, bool FirstIsEnough)> _explained = [];
    private readonly ImmutableArray<string>.Builder _texts = ImmutableArray.CreateBuilder<string>();

    /// <summary>In the order in which the units ask.</summary>
    public ImmutableArray<string> Explain()
    {
        foreach (int member in graph.Members)
        {
            UnitDefinition unit = request.Units[member];
            foreach (Requirement requirement in unit.Requires)
            {
                Explain(member, requirement.Text, [requirement], firstIsEnough: false);
            }

            foreach (RequirementChoice choice in unit.RequiresAny)
            {
                Explain(member, choice.ToString(), choice.Alternatives, firstIsEnough: true);
            }
        }

        return _texts.DrainToImmutable();
    }

    private void Explain(int requirer, string text, ImmutableArray<Requirement> alternatives, bool firstIsEnough)
    {
        if (!_explained.Add((text, firstIsEnough)))
        {
            return;
        }

        List<Provider> taken = [], left = [], outside = [];
        List<string> withoutProvider = [];
        foreach (Requirement requirement in alternatives)
        {
            int before = taken.Count + left.Count;
            Sort(requirer, requirement, taken, left, outside);
            if (taken.Count + left.Count == before)
            {
                withoutProvider.Add(requirement.Text);
            }
        }

        if (left.Count == 0 && outside.Count == 0 && (!firstIsEnough || (taken.Count < 2 && alternatives.Length == 1)))
        {
            return;
        }

        IEnumerable<string> parts =
        [
            $"{text}: {Taken(taken, firstIsEnough)}",
            .. AtMost(left.Select(provider => $"not {Name(provider)}, {WhyLeft(provider, taken)}")),
            .. AtMost(outside.Select(provider => $"not {Name(provider)}, {(provider.Version is null ? "no version" : "outside the range")}")),
            .. taken.Count == 0 || withoutProvider.Count == 0 ? Array.Empty<string>() : [$"nothing here provides {string.Join(", ", AtMost(withoutProvider))}"],
        ];
        _texts.Add(string.Join("; ", parts));
    }

    /// <summary>The units of the run that provide the name, each once: those that meet the requirement and are planned, those that are not planned, those that do not meet it.</summary>
    private void Sort(int requirer, Requirement requirement, List<Provider> taken, List<Provider> left, List<Provider> outside)
    {
        int name = capabilities.Find(requirement.Name);
        ReadOnlySpan<Provider> providers = name < 0 ? [] : capabilities.Providers(name);
        for (int first = 0; first < providers.Length;)
        {
            // A unit may provide several versions; they lie side by side.
            Provider best = providers[first];
            int next = first + 1;
            for (; next < providers.Length && providers[next].Unit == best.Unit; next++)
            {
                bool better = Preference.Compare(providers[next].Version, 0, best.Version, 0) < 0;
                bool meets = providers[next].Meets(requirement.Range);
                best = meets != best.Meets(requirement.Range) ? (meets ? providers[next] : best) : better ? providers[next] : best;
            }

            first = next;
            if (best.Unit == requirer || !graph.Run.Has(request.Units[best.Unit]))
            {
                continue;
            }

            List<Provider> place = !best.Meets(requirement.Range) ? outside : _planned.Contains(best.Unit) ? taken : left;
            if (place != left || request.Units[best.Unit].OnDemand)
            {
                place.Add(best);
            }
        }
    }

    private string Taken(List<Provider> taken, bool firstIsEnough)
    {
        string names = string.Join(", ", AtMost(taken.DistinctBy(provider => provider.Unit).Select(Name)));
        return taken.Count == 0 ? "from an earlier phase" : firstIsEnough && taken.Count > 1 ? $"the first of {names}" : names;
    }

    private string WhyLeft(Provider left, List<Provider> taken)
    {
        if (taken.Exists(provider => !request.Units[provider.Unit].OnDemand))
        {
            return "on demand and not needed";
        }

        Provider best = taken[0];
        int order = Preference.Compare(best.Version, request.Units[best.Unit].Priority, left.Version, request.Units[left.Unit].Priority);
        if (order > 0 || (order == 0 && left.Unit < best.Unit))
        {
            return $"for {request.Units[best.Unit].Name} was chosen before";
        }

        return Preference.Compare(best.Version, 0, left.Version, 0) < 0 ? left.Version is null ? "no version" : "lower version"
            : order < 0 ? "later Priority"
            : "declared later";
    }

    private string Name(Provider provider) => $"{request.Units[provider.Unit].Name} {provider.Version}".TrimEnd();

    private static IEnumerable<string> AtMost(IEnumerable<string> entries)
    {
        string[] all = [.. entries];
        return all.Length <= Shown ? all : all.Take(Shown).Append($"and {all.Length - Shown} more");
    }
}

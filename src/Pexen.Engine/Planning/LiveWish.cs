using NuGet.Versioning;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>One distinct requirement, <c>db [1,2)</c>, of a running plan: who asks, and who can give.</summary>
internal sealed class LiveWish(VersionRange? range)
{
    public VersionRange? Range { get; } = range;

    /// <summary>Units that meet it, in order of declaration.</summary>
    public List<int> Matches { get; } = [];

    /// <summary>In order of declaration.</summary>
    public List<LiveAsker> Askers { get; } = [];

    public void Offer(Provider provider)
    {
        // A unit that provides several versions is one provider; they come one after the other.
        if (provider.Meets(Range) && (Matches.Count == 0 || Matches[^1] != provider.Unit))
        {
            Matches.Add(provider.Unit);
        }
    }
}

/// <summary>A unit that asks.</summary>
internal readonly record struct LiveAsker(int Unit, DependencyKind Kind, int Choice);

namespace Pexen.RecordChecking;

/// <summary>Everything that is wrong, in the order in which it was found.</summary>
internal sealed class Complaints
{
    private readonly List<Complaint> _all = [];

    public IReadOnlyList<Complaint> All => _all;

    public void Add(Rule rule, string text, string? unit = null, long? seq = null) => _all.Add(new Complaint(rule, unit, seq, text));
}

using System.Globalization;
using System.Runtime.Versioning;

namespace Pexen.Execution.Local;

/// <summary>
/// The .NET runtime raises the soft limit of open files to the hard one, and children inherit that; a program that closes every possible descriptor
/// then has long to do. What the limit was before cannot be asked, but an ancestor that is not a .NET program still has it:
/// the nearest one whose soft limit is below its hard one.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class DescriptorLimit
{
    private readonly ulong _original;
    private Libc.ResourceLimit _raised;

    public DescriptorLimit()
    {
        Libc.ResourceLimit limit;
        if (Libc.GetLimit(Libc.LimitOpenFiles, &limit) == 0)
        {
            _raised = limit;
            _original = limit.Soft == limit.Hard ? OfAncestors(limit.Soft) : limit.Soft;
        }
    }

    private bool Raised => _original != _raised.Soft;

    public void Lower() => Set(_original);

    public void Raise() => Set(_raised.Soft);

    private void Set(ulong soft)
    {
        if (Raised)
        {
            Libc.ResourceLimit limit = _raised;
            limit.Soft = soft;
            _ = Libc.SetLimit(Libc.LimitOpenFiles, &limit);
        }
    }

    private static ulong OfAncestors(ulong ours)
    {
        for (int pid = ProcessTable.Read(Libc.GetPid())?.Parent ?? 0; pid > 0; pid = ProcessTable.Read(pid)?.Parent ?? 0)
        {
            if (ProcessTable.Limit(pid, "Max open files", out string soft, out string hard) && soft != hard)
            {
                return ulong.TryParse(soft, CultureInfo.InvariantCulture, out ulong value) && value < ours ? value : ours;
            }
        }

        return ours;
    }
}

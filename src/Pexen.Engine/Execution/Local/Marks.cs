using System.Globalization;

namespace Pexen.Execution.Local;

/// <summary>
/// Numbers that are put into the soft limit of file locks, which Linux does not use: every descendant inherits it, also a daemon that
/// forked twice, left the session and emptied its environment. The number tells the executor's process and the attempt.
/// </summary>
internal static class Marks
{
    private const ulong Ours = 1UL << 62;

    public static ulong For(int executor, int attempt) => Ours | ((ulong)(uint)executor << 32) | (uint)attempt;

    /// <summary>The attempt whose mark the process carries, or null.</summary>
    public static int? Read(int pid, int executor) => Read(pid) is ulong mark && ExecutorOf(mark) == executor ? (int)(uint)mark : null;

    /// <summary>The executor whose mark the process carries, or null.</summary>
    public static int? ExecutorOf(int pid) => Read(pid) is ulong mark ? ExecutorOf(mark) : null;

    private static int ExecutorOf(ulong mark) => (int)((mark & ~Ours) >> 32);

    private static ulong? Read(int pid) =>
        ProcessTable.Limit(pid, "Max file locks", out string soft, out _)
        && ulong.TryParse(soft, CultureInfo.InvariantCulture, out ulong mark)
        && (mark & ~(Ours - 1)) == Ours
            ? mark
            : null;
}

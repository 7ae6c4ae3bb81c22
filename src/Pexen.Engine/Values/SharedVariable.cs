using System.Text;

namespace Pexen.Values;

/// <summary>The environment variable of a shared value (rule 31).</summary>
internal static class SharedVariable
{
    /// <summary>A longer value, counted in bytes of UTF-8, gets no variable.</summary>
    public const int LongestValue = 32 * 1024;

    /// <summary>All variables of one unit together: beyond it systems refuse to start a process.</summary>
    public const int MostInAll = 512 * 1024;

    private const string Prefix = "PEXEN_SHARED_";

    /// <summary>Upper case; whatever is no ASCII letter and no digit is <c>_</c>.</summary>
    public static string NameOf(string key) => VariableName.Of(Prefix, key);

    /// <summary>Bytes that a value takes.</summary>
    public static int SizeOf(string value) => Encoding.UTF8.GetByteCount(value);
}

using System.Globalization;
using System.Security.Cryptography;

namespace Pexen.Tasks.Running;

/// <summary>Names of runs, like <c>20261121T101500Z-3f2a</c>: they sort by time.</summary>
internal static class RunIds
{
    public static string New() =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}-{RandomNumberGenerator.GetInt32(0x10000):x4}");
}

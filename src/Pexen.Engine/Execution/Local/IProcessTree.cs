using System.Diagnostics;

namespace Pexen.Execution.Local;

/// <summary>The processes of one attempt, as far as the portable executor can find them on a system.</summary>
internal interface IProcessTree : IDisposable
{
    /// <summary>To be called right after the start.</summary>
    void Adopt(Process leader);

    /// <summary>Ids and names of the living processes.</summary>
    IReadOnlyDictionary<int, string> Members();

    /// <summary>Asks all of them to end.</summary>
    void Ask();

    /// <summary>Ends those that are there now.</summary>
    void Kill();
}

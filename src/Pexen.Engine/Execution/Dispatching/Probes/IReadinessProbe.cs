namespace Pexen.Execution.Dispatching.Probes;

/// <summary>Finds out whether a service is ready. Asked again and again on the dispatcher's thread, so it must never wait.</summary>
internal interface IReadinessProbe
{
    /// <summary>Whether the service is ready now.</summary>
    bool Ask();

    /// <summary>What <see cref="Ask"/> began has ended.</summary>
    /// <returns>Whether the service is ready.</returns>
    bool Ended(AttemptEnd end);

    /// <summary>Nobody asks any more.</summary>
    /// <returns>Whether something that <see cref="Ask"/> began has still to end.</returns>
    bool Close();
}

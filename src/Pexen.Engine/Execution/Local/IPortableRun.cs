namespace Pexen.Execution.Local;

/// <summary>One attempt of the portable executor that has been started.</summary>
internal interface IPortableRun : IDisposable
{
    Launch Launch { get; }

    /// <summary>From any thread, and more than once.</summary>
    void Stop(TimeSpan grace);

    /// <summary>Runs to the end of the attempt, of its tree and of its output.</summary>
    Task<AttemptEnd> RunAsync();

    /// <summary>Ids and names of its living processes.</summary>
    IReadOnlyDictionary<int, string> Members();

    void Kill();

    /// <summary>The id of the process that was started; null before it was.</summary>
    int? Leader { get; }

    /// <summary>The most memory that it was seen to have, or null where nobody looked. Written by the thread that measures.</summary>
    long? MeasuredMemory { get; set; }

    /// <summary>How long it has written nothing.</summary>
    TimeSpan Silent { get; }

    /// <summary>How much it has written.</summary>
    long OutputBytes { get; }
}

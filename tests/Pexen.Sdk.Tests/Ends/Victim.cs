namespace Pexen.Sdk.Tests.Ends;

/// <summary>Which process is hit.</summary>
public enum Victim
{
    /// <summary><c>dotnet build</c>, in which the only project is built.</summary>
    Entry,

    /// <summary><c>dotnet msbuild -m:2</c> of two projects, one of them in a worker node.</summary>
    EntryOfTwo,

    /// <summary>A worker node of a build of two projects under <c>-m:2</c>.</summary>
    Worker,

    /// <summary><c>Pexen.Host</c>, which leads a group of its own.</summary>
    Supervisor,
}

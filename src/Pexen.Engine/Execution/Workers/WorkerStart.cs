using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Execution.Workers;

/// <summary>How a worker process is started: a program that is told calls of methods one after the other and answers each.</summary>
internal sealed record WorkerStart
{
    /// <summary>Says in the arguments of the host that it is to be a worker.</summary>
    public const string Verb = "worker";

    /// <summary>The dotnet command.</summary>
    public required string File { get; init; }

    /// <summary>Path of the assembly that can be a worker.</summary>
    public required string HostAssembly { get; init; }

    /// <summary>What every method finds in its environment unless its unit says otherwise.</summary>
    public required ImmutableArray<NamedValue> Environment { get; init; }

    /// <summary>
    /// For the runtime of the worker alone, not for what it runs. The host's own settings are those of a program that lives for a second: a worker
    /// that computes for minutes wants its code compiled again by what was learnt from running it. And a worker that is killed must not leave the files by which
    /// debuggers and tracers find it; who wants to debug one sets <c>DOTNET_EnableDiagnostics</c> to 1.
    /// </summary>
    public ImmutableArray<NamedValue> RuntimeVariables { get; init; } =
        [new("DOTNET_TieredPGO", "1"), new("DOTNET_TC_CallCountingDelayMs", "64"), new("DOTNET_EnableDiagnostics", "0")];

    /// <summary>The environment that the process is started with.</summary>
    public ImmutableArray<NamedValue> WholeEnvironment
    {
        get
        {
            ImmutableArray<NamedValue>.Builder all = ImmutableArray.CreateBuilder<NamedValue>();
            all.AddRange(Environment);
            foreach (NamedValue variable in RuntimeVariables)
            {
                if (!Has(variable.Key))
                {
                    all.Add(variable);
                }
            }

            return all.ToImmutable();
        }
    }

    /// <param name="parent">The process whose end is the worker's end.</param>
    /// <param name="channel">The descriptor that calls come by, or 0: then they come by standard input, and standard output is for answers.</param>
    public ImmutableArray<string> Arguments(int parent, int channel)
    {
        ImmutableArray<string>.Builder arguments = ImmutableArray.CreateBuilder<string>();
        arguments.AddRange("exec", HostAssembly, Verb, $"{parent}", $"{channel}");
        foreach (NamedValue variable in RuntimeVariables)
        {
            if (!Has(variable.Key))
            {
                arguments.Add(variable.Key);
            }
        }

        return arguments.ToImmutable();
    }

    private bool Has(string name)
    {
        foreach (NamedValue variable in Environment)
        {
            if (variable.Key == name)
            {
                return true;
            }
        }

        return false;
    }
}

namespace Pexen;

/// <summary>
/// Makes a unit of a public static method, for <c>&lt;PexenAssembly Include="…" /&gt;</c> in a project file. Each property is the metadata of that name of a
/// <c>PexenUnit</c> item and takes the same text; what is not given has the value of the <c>PexenAssembly</c> item, else the usual default. More than one
/// mark makes more than one unit of a method, with other arguments. The attribute is found by its full name, so a project that does
/// not refer to this assembly may have a copy of its own.
/// </summary>
/// <remarks>
/// Parameters of the method take <see cref="Arguments"/> in their order. A <see cref="CancellationToken"/> is cancelled when the unit is to stop; a dictionary
/// from string to string, or to object, has the values that the unit inherits, and what the method changes there goes to its dependents, and so
/// does what it returns, under the key <c>return</c>. A task is waited for.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class PexenUnitAttribute : Attribute
{
    /// <summary>A unit named as its method, with namespace and type.</summary>
    public PexenUnitAttribute()
    {
    }

    /// <summary>A unit of that name.</summary>
    /// <param name="name">The name, unique in the project without case.</param>
    public PexenUnitAttribute(string name) => Name = name;

    /// <summary>The unit's name; otherwise namespace, type and method, separated by dots.</summary>
    public string? Name { get; set; }

    /// <summary>List: a text for each parameter that takes one, numbers and times as the invariant culture writes them.</summary>
    public string? Arguments { get; set; }

    /// <summary>The current directory of the call; otherwise the project's folder.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>List of <c>NAME=value</c>.</summary>
    public string? EnvironmentVariables { get; set; }

    /// <summary>A file.</summary>
    public string? StandardInput { get; set; }

    /// <summary>A file that gets the output besides the log.</summary>
    public string? StandardOutput { get; set; }

    /// <summary>A file that gets the error output besides the log.</summary>
    public string? StandardError { get; set; }

    /// <summary><c>OnFailure</c>, <c>Always</c> or <c>Never</c>.</summary>
    public string? ShowOutput { get; set; }

    /// <summary><c>OnFailure</c>, <c>Always</c> or <c>Never</c>.</summary>
    public string? ParseDiagnostics { get; set; }

    /// <summary>A sentence for whoever sees it fail.</summary>
    public string? FailureHint { get; set; }

    /// <summary>List of <c>name</c> or <c>name version</c>.</summary>
    public string? Provides { get; set; }

    /// <summary>List of <c>name</c> or <c>name range</c>.</summary>
    public string? Requires { get; set; }

    /// <summary>List; the first successful provider of each entry is enough.</summary>
    public string? RequiresAny { get; set; }

    /// <summary>List; start after these have ended, if they are planned.</summary>
    public string? After { get; set; }

    /// <summary>An integer; lower starts first.</summary>
    public string? Priority { get; set; }

    /// <summary>List of resources held alone.</summary>
    public string? Claims { get; set; }

    /// <summary>List of resources held together with others.</summary>
    public string? Uses { get; set; }

    /// <summary>How many slots it occupies.</summary>
    public string? Slots { get; set; }

    /// <summary>A duration, like <c>90s</c>.</summary>
    public string? Timeout { get; set; }

    /// <summary>A duration, like <c>5s</c>: between the polite stop and the kill of the worker.</summary>
    public string? GracePeriod { get; set; }

    /// <summary>How long it may write nothing.</summary>
    public string? IdleTimeout { get; set; }

    /// <summary>A duration that bounds all attempts.</summary>
    public string? TotalTimeout { get; set; }

    /// <summary>After how long it is said that it still runs.</summary>
    public string? SlowAfter { get; set; }

    /// <summary>A duration that passes, once, after it became ready.</summary>
    public string? StartDelay { get; set; }

    /// <summary>How many further attempts there are.</summary>
    public string? Retries { get; set; }

    /// <summary>A duration between two attempts.</summary>
    public string? RetryDelay { get; set; }

    /// <summary>A number that the delay is multiplied with each time.</summary>
    public string? RetryBackoff { get; set; }

    /// <summary>List of <c>Failure</c>, <c>Timeout</c>, <c>Crash</c>, <c>Memory</c>, <c>System</c>, <c>NotStarted</c>.</summary>
    public string? RetryOn { get; set; }

    /// <summary><c>Fail</c> or <c>Pass</c>.</summary>
    public string? OnTimeout { get; set; }

    /// <summary>List of names of processes that may outlive it.</summary>
    public string? AllowSurvivors { get; set; }

    /// <summary>A size, like <c>512MB</c>: above it the worker is ended.</summary>
    public string? MemoryLimit { get; set; }

    /// <summary>Units of one category do the same with more or less.</summary>
    public string? Category { get; set; }

    /// <summary>A whole number: how large it is in its category. One that breaks a limit takes those with it that are as large.</summary>
    public string? Size { get; set; }

    /// <summary><c>false</c>: never stopped and queued again for memory.</summary>
    public string? Preemptible { get; set; }

    /// <summary>A size, like <c>10MB</c>: how much of its output the log keeps.</summary>
    public string? LogLimit { get; set; }

    /// <summary><c>ReleaseLocks</c>, <c>Provide</c>, both, or <c>None</c>, when it could not be called or gives back what cannot be carried.</summary>
    public string? OnFailure { get; set; }

    /// <summary>The same when an exception leaves it, or its process ends under it.</summary>
    public string? OnCrash { get; set; }

    /// <summary>The same after a controlled failure.</summary>
    public string? OnControlledFailure { get; set; }

    /// <summary><c>true</c>, <c>ErrorAndContinue</c> or <c>false</c>.</summary>
    public string? ContinueOnError { get; set; }

    /// <summary>List of phases.</summary>
    public string? Phase { get; set; }

    /// <summary><c>Project</c> or <c>TargetFramework</c>.</summary>
    public string? RunPer { get; set; }

    /// <summary>List of files that must be there after success.</summary>
    public string? Outputs { get; set; }

    /// <summary>The item type that the outputs join.</summary>
    public string? AddTo { get; set; }

    /// <summary>List of <c>Name=value</c> for those items.</summary>
    public string? AddToMetadata { get; set; }

    /// <summary><c>false</c>: clean leaves the outputs.</summary>
    public string? CleanOutputs { get; set; }

    /// <summary><c>true</c>: planned only if something requires what it provides.</summary>
    public string? OnDemand { get; set; }

    /// <summary><c>true</c>: it provides when it is ready, and stays up for those who need it.</summary>
    public string? Service { get; set; }

    /// <summary><c>port:N</c>, <c>output:REGEX</c>, <c>file:PATH</c>, <c>command:SHELL</c> or <c>started</c>: when a service is ready.</summary>
    public string? ReadyWhen { get; set; }

    /// <summary>A duration, like <c>60s</c>: how long a service may take to be ready.</summary>
    public string? ReadyTimeout { get; set; }

    /// <summary>List of units that it cleans up after.</summary>
    public string? Finalizes { get; set; }

    /// <summary><c>Always</c> or <c>Failure</c>.</summary>
    public string? FinalizesOn { get; set; }

    /// <summary>The group it belongs to.</summary>
    public string? Group { get; set; }

    /// <summary>The MSBuild property that is set from its output.</summary>
    public string? OutputProperty { get; set; }

    /// <summary>List of <c>key=Property</c>.</summary>
    public string? ExportProperties { get; set; }
}

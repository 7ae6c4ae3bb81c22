namespace Pexen.Model;

/// <summary>How often a unit runs in one build.</summary>
internal enum RunPer
{
    /// <summary>Once, however many target frameworks and whichever way the build got here.</summary>
    Project,

    /// <summary>Once in each target framework.</summary>
    TargetFramework,
}

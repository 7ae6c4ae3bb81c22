using Pexen.Library;

namespace Pexen;

public sealed partial record Unit
{
    /// <summary>A unit that calls a delegate.</summary>
    public static Unit Create(string name, Action work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate with its context.</summary>
    public static Unit Create(string name, Action<UnitContext> work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate; what it returns is <see cref="UnitResult.Value"/>.</summary>
    public static Unit Create<T>(string name, Func<T> work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate with its context; what it returns is <see cref="UnitResult.Value"/>.</summary>
    public static Unit Create<T>(string name, Func<UnitContext, T> work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate and ends when the task does.</summary>
    public static Unit Create(string name, Func<Task> work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate with its context and ends when the task does.</summary>
    public static Unit Create(string name, Func<UnitContext, Task> work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate and ends when the task does; the task's result is <see cref="UnitResult.Value"/>.</summary>
    public static Unit Create<T>(string name, Func<Task<T>> work) => new(name, DelegateWork.OfTask(work));

    /// <summary>A unit that calls a delegate with its context and ends when the task does; the task's result is <see cref="UnitResult.Value"/>.</summary>
    public static Unit Create<T>(string name, Func<UnitContext, Task<T>> work) => new(name, DelegateWork.OfTask(work));

    /// <summary>A unit that runs a program, without a shell, with these arguments, each passed as it is.</summary>
    /// <param name="name">Of the unit.</param>
    /// <param name="file">A path, or a name that is looked up in <c>PATH</c>.</param>
    /// <param name="arguments">Of the program.</param>
    public static Unit Process(string name, string file, params string[] arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        ArgumentNullException.ThrowIfNull(arguments);
        return new Unit(name, new ProcessWork(file, [.. arguments]));
    }

    /// <summary>A unit that runs nothing and succeeds when what it requires is there.</summary>
    public static Unit Milestone(string name) => new(name, NoWork.Instance);
}

namespace Pexen.Library;

/// <summary>A delegate of one of the forms there are. No closure is made for the common ones: there may be a hundred thousand.</summary>
internal sealed class DelegateWork : UnitWork
{
    private Action? _plain;
    private Action<UnitContext>? _withContext;
    private Func<object?>? _function;
    private Func<UnitContext, object?>? _functionWithContext;
    private Func<Task, object?>? _valueOf;

    private DelegateWork()
    {
    }

    /// <summary>Whether the delegate is given a context at all.</summary>
    public bool TakesContext => _withContext is not null || _functionWithContext is not null;

    /// <summary>Whether it must return a task.</summary>
    public bool IsAsync { get; private init; }

    public static DelegateWork Of(Action work) => new() { _plain = NotNull(work) };

    public static DelegateWork Of(Action<UnitContext> work) => new() { _withContext = NotNull(work) };

    public static DelegateWork Of(Func<Task> work) => new() { _function = NotNull(work), IsAsync = true };

    public static DelegateWork Of(Func<UnitContext, Task> work) => new() { _functionWithContext = NotNull(work), IsAsync = true };

    public static DelegateWork Of<T>(Func<T> work)
    {
        NotNull(work);
        RefuseValueTask<T>();

        // A delegate that returns a class is one that returns an object; one that returns a structure has to be wrapped.
        return new() { _function = work as Func<object?> ?? (() => work()) };
    }

    public static DelegateWork Of<T>(Func<UnitContext, T> work)
    {
        NotNull(work);
        RefuseValueTask<T>();
        return new() { _functionWithContext = work as Func<UnitContext, object?> ?? (context => work(context)) };
    }

    public static DelegateWork OfTask<T>(Func<Task<T>> work) => new() { _function = NotNull(work), _valueOf = TaskValue<T>.Read, IsAsync = true };

    public static DelegateWork OfTask<T>(Func<UnitContext, Task<T>> work) =>
        new() { _functionWithContext = NotNull(work), _valueOf = TaskValue<T>.Read, IsAsync = true };

    /// <summary>Calls the delegate. What it returns is a value, or a task to wait for.</summary>
    public object? Call(UnitContext? context)
    {
        if (_plain is not null)
        {
            _plain();
            return null;
        }

        if (_withContext is not null)
        {
            _withContext(context!);
            return null;
        }

        object? returned = _function is not null ? _function() : _functionWithContext!(context!);
        return returned is null && IsAsync ? throw new InvalidOperationException("The delegate is to return a task, and returned null.") : returned;
    }

    /// <summary>The result of a task that has succeeded.</summary>
    public object? ValueOf(Task task) => _valueOf?.Invoke(task);

    private static T NotNull<T>(T work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work;
    }

    // Taken for a value it would not be waited for, and the unit would end before its work.
    private static void RefuseValueTask<T>()
    {
        if (typeof(T) == typeof(ValueTask) || (typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            throw new ArgumentException("A unit cannot return a ValueTask: return a Task, for example by AsTask().");
        }
    }

    private static class TaskValue<T>
    {
        public static readonly Func<Task, object?> Read = static task => ((Task<T>)task).Result;
    }
}

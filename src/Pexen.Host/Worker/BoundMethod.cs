using System.Reflection;

namespace Pexen.Host.Worker;

/// <summary>A method ready to be called: what each of its parameters takes, and how its result is waited for.</summary>
internal sealed class BoundMethod
{
    private readonly MethodInfo _method;
    private readonly MethodInvoker _invoker;
    private readonly ParameterInfo[] _parameters;
    private readonly PropertyInfo? _taskResult;
    private readonly MethodInfo? _asTask;

    public BoundMethod(MethodInfo method)
    {
        _method = method;
        _invoker = MethodInvoker.Create(method);
        _parameters = method.GetParameters();
        TakesToken = _parameters.Any(parameter => parameter.ParameterType == typeof(CancellationToken));
        Shared = _parameters.Select(parameter => SharedValues.KindOf(parameter.ParameterType)).FirstOrDefault(kind => kind != SharedKind.None);
        Type result = method.ReturnType;
        if (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            _asTask = result.GetMethod(nameof(ValueTask<int>.AsTask));
            result = _asTask!.ReturnType;
        }

        if (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(Task<>))
        {
            _taskResult = result.GetProperty(nameof(Task<int>.Result));
        }
    }

    public bool TakesToken { get; }

    /// <summary>In which form it takes shared values, if it does.</summary>
    public SharedKind Shared { get; }

    /// <exception cref="CallRefusedException">Too few, too many, or one that its parameter cannot take.</exception>
    public object?[] Arguments(IReadOnlyList<string> texts, SharedValues? shared, CancellationToken token)
    {
        object?[] values = new object?[_parameters.Length];
        int next = 0;
        for (int i = 0; i < values.Length; i++)
        {
            ParameterInfo parameter = _parameters[i];
            if (parameter.ParameterType == typeof(CancellationToken))
            {
                values[i] = token;
            }
            else if (SharedValues.KindOf(parameter.ParameterType) != SharedKind.None)
            {
                values[i] = shared!.As(parameter.ParameterType);
            }
            else if (parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false))
            {
                values[i] = Rest(parameter, texts, ref next);
            }
            else if (next < texts.Count)
            {
                values[i] = ArgumentText.Convert(texts[next++], parameter.ParameterType, parameter.Name ?? $"{i + 1}");
            }
            else
            {
                values[i] = parameter.HasDefaultValue ? parameter.DefaultValue : throw WrongCount(texts.Count);
            }
        }

        return next == texts.Count ? values : throw WrongCount(texts.Count);
    }

    /// <summary>Calls it and waits for its end; what it gave back, or null. Throws what it throws.</summary>
    public object? Call(object?[] arguments)
    {
        object? result = _invoker.Invoke(null, arguments.AsSpan());
        switch (result)
        {
            case ValueTask valueTask:
                valueTask.AsTask().GetAwaiter().GetResult();
                return null;
            case Task task when typeof(Task).IsAssignableFrom(_method.ReturnType):
                task.GetAwaiter().GetResult();
                return _taskResult?.GetValue(task);
            case null when typeof(Task).IsAssignableFrom(_method.ReturnType):
                throw new NotCarriedException("it returned null in place of a task, so nobody can tell whether it has ended");
            default:
                if (_asTask is null)
                {
                    return result;
                }

                var asTask = (Task)_asTask.Invoke(result, null)!;
                asTask.GetAwaiter().GetResult();
                return _taskResult!.GetValue(asTask);
        }
    }

    private static Array Rest(ParameterInfo parameter, IReadOnlyList<string> texts, ref int next)
    {
        Type element = parameter.ParameterType.GetElementType()!;
        var rest = Array.CreateInstance(element, texts.Count - next);
        for (int i = 0; i < rest.Length; i++)
        {
            rest.SetValue(ArgumentText.Convert(texts[next++], element, parameter.Name!), i);
        }

        return rest;
    }

    private CallRefusedException WrongCount(int given)
    {
        ParameterInfo[] taking =
            [.. _parameters.Where(parameter => parameter.ParameterType != typeof(CancellationToken) && SharedValues.KindOf(parameter.ParameterType) == SharedKind.None)];
        string names = string.Join(", ", taking.Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}"));
        int most = taking.Length, least = taking.Count(parameter => !parameter.HasDefaultValue);
        string takes = most == 0 ? "no arguments" : $"{(least == most ? $"{most}" : $"{least} to {most}")} ({names})";
        return new CallRefusedException($"the method '{_method.DeclaringType!.FullName}.{_method.Name}' takes {takes}, and Arguments has {given}");
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using Pexen.Planning;

namespace Pexen.Host.Worker;

/// <summary>Finds a public static method by its name, or says what is there instead.</summary>
internal static class MethodLookup
{
    private const int Shown = 8;

    /// <exception cref="CallRefusedException">There is no such method, more than one, or one that cannot be called.</exception>
    public static MethodInfo Find(Assembly assembly, string name)
    {
        int dot = name.LastIndexOf('.');
        string typeName = name[..dot], methodName = name[(dot + 1)..];
        Type type = FindType(assembly, typeName);
        MethodInfo[] named =
        [
            .. type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy)
                .Where(method => method.Name == methodName),
        ];
        MethodInfo[] callable = [.. named.Where(method => method is { IsPublic: true, IsStatic: true })];
        return callable.Length switch
        {
            1 => Checked(callable[0], name),
            0 when named.Length > 0 => throw new CallRefusedException(
                $"the method '{name}' is {(named[0].IsPublic ? "" : "not public")}{(named[0].IsPublic || named[0].IsStatic ? "" : " and ")}{(named[0].IsStatic ? "" : "not static")}; a unit needs a public static method"),
            0 => throw new CallRefusedException($"the type '{typeName}' has no method '{methodName}'{Instead(methodName, Callable(type))}"),
            _ => throw new CallRefusedException(
                $"there are {callable.Length} public static methods '{name}': {string.Join(", ", callable.Select(Signature))}. A unit needs one of a name of its own"),
        };
    }

    private static Type FindType(Assembly assembly, string name)
    {
        try
        {
            Type? type = assembly.GetType(name);

            // A nested type may be written with a dot, as in source.
            for (int dot = name.LastIndexOf('.'); type is null && dot > 0; dot = name.LastIndexOf('.', dot - 1))
            {
                type = assembly.GetType($"{name[..dot]}+{name[(dot + 1)..].Replace('.', '+')}");
            }

            string file = Path.GetFileName(assembly.Location);
            return type switch
            {
                null => throw new CallRefusedException(
                    $"'{file}' has no type '{name}'{Instead(name, assembly.GetExportedTypes().Where(exported => Callable(exported).Any()).Select(exported => exported.FullName!))}"),
                { IsVisible: false } => throw new CallRefusedException($"the type '{name}' of '{file}' is not public"),
                { ContainsGenericParameters: true } => throw new CallRefusedException($"the type '{name}' of '{file}' is generic, and nothing says by what"),
                _ => type,
            };
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or TypeLoadException)
        {
            throw new CallRefusedException($"the type '{name}' cannot be loaded: {exception.Message}");
        }
    }

    private static MethodInfo Checked(MethodInfo method, string name)
    {
        if (method.ContainsGenericParameters)
        {
            throw new CallRefusedException($"the method '{name}' is generic, and nothing says by what");
        }

        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false))
        {
            throw new CallRefusedException($"the method '{name}' is async void, so nobody can wait for its end; let it return Task");
        }

        return method;
    }

    private static string Instead(string name, IEnumerable<string> candidates)
    {
        string[] all = [.. candidates.Distinct().Order(StringComparer.Ordinal)];
        return NearestName.Find(name, all) is string nearest ? $". Did you mean '{nearest}'"
            : all.Length == 0 ? ", nor any other public static method"
            : $". There {(all.Length == 1 ? "is" : "are")} {string.Join(", ", all.Take(Shown))}{(all.Length > Shown ? $" and {all.Length - Shown} more" : "")}";
    }

    private static IEnumerable<string> Callable(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => !method.IsSpecialName).Select(method => method.Name);

    private static string Signature(MethodInfo method) =>
        $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})";
}

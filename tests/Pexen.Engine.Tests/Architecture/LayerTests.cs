using System.Reflection;
using Pexen.Records;

namespace Pexen.Engine.Tests.Architecture;

/// <summary>Model ← Planning ← Scheduling ← Execution: a layer names only those before it. What they call is guarded by banned APIs in the build.</summary>
[TestClass]
public sealed class LayerTests
{
    private static readonly string[] Layers = ["Pexen.Model", "Pexen.Planning", "Pexen.Scheduling", "Pexen.Execution"];

    private static readonly string[] Impure = ["System.Threading", "System.Net", "System.Diagnostics.Process", "System.TimeProvider"];

    [TestMethod]
    public void TheEngine_KnowsNoMSBuild()
    {
        string[] references = [.. typeof(RunRecord).Assembly.GetReferencedAssemblies().Select(name => name.Name!)];

        Assert.IsFalse(references.Any(name => name.StartsWith("Microsoft.Build", StringComparison.Ordinal)), string.Join(", ", references));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    public void ALayer_NamesNoLayerAboveIt(int layer)
    {
        string[] above = Layers[(layer + 1)..];
        string[] offences = [.. NamedTypes(Layers[layer]).Where(pair => above.Any(name => In(pair.Named, name))).Select(pair => $"{pair.By} names {pair.Named}")];

        Assert.IsEmpty(offences, string.Join("; ", offences));
    }

    [TestMethod]
    [DataRow("Pexen.Model")]
    [DataRow("Pexen.Planning")]
    [DataRow("Pexen.Scheduling")]
    [DataRow("Pexen.Values")]
    public void APureLayer_HasNoClockThreadOrProcessInItsMembers(string layer)
    {
        string[] offences = [.. NamedTypes(layer).Where(pair => Impure.Any(name => pair.Named.FullName?.StartsWith(name, StringComparison.Ordinal) == true))
            .Select(pair => $"{pair.By} names {pair.Named}")];

        Assert.IsEmpty(offences, string.Join("; ", offences));
    }

    private static bool In(Type type, string name) =>
        type.Namespace == name || type.Namespace?.StartsWith(name + ".", StringComparison.Ordinal) == true;

    // Types of fields, parameters and results, local variables included: enough to see in which direction a layer looks.
    private static IEnumerable<(Type By, Type Named)> NamedTypes(string layer)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (Type type in typeof(RunRecord).Assembly.GetTypes().Where(type => In(type, layer)))
        {
            IEnumerable<Type> named = type.GetFields(all).Select(field => field.FieldType)
                .Concat(type.GetMethods(all).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)))
                .Concat(type.GetMethods(all).SelectMany(method => method.GetMethodBody()?.LocalVariables.Select(variable => variable.LocalType) ?? []));
            foreach (Type one in named)
            {
                yield return (type, one.IsGenericType ? one.GetGenericArguments()[0] : one);
            }
        }
    }
}

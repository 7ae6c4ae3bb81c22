namespace Microsoft.Build.Framework;

/// <summary>
/// Says that a task may run on a thread beside others (<c>-mt</c>). MSBuild goes by the name of this attribute, so we have our own:
/// the MSBuild that we are compiled against need not know it. It holds because no task of ours reads or sets anything of the process.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;

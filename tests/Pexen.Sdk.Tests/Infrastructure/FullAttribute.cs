namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>A test that takes too long for every push: it runs when PEXEN_FULL is 1, as <c>build/full</c> sets it.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class FullAttribute : ConditionBaseAttribute
{
    public FullAttribute()
        : base(ConditionMode.Include) => IgnoreMessage = "Runs only with PEXEN_FULL=1, as build/full sets it: it takes minutes.";

    public override string GroupName => nameof(FullAttribute);

    public override bool IsConditionMet => Environment.GetEnvironmentVariable("PEXEN_FULL") == "1";
}

namespace Pexen.Planning;

/// <summary>Makes a plan of units, or finds all that stands against one. Pure: the same request gives the same result.</summary>
internal static class Planner
{
    public static PlanResult Plan(PlanRequest request) => throw new NotImplementedException();
}

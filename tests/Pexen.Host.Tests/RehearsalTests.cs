namespace Pexen.Host.Tests;

[TestClass]
public sealed class RehearsalTests
{
    /// <summary>In a run nobody would notice: only the first unit would start later.</summary>
    [TestMethod]
    public void WhatTheFirstUnitNeeds_IsUsedWithoutAnError() => Rehearsal.Perform();
}

namespace Pexen.Sdk.Tests.Matrix;

/// <summary>How many target frameworks the project with the units has.</summary>
public enum Frameworks
{
    One,
    Several,
}
